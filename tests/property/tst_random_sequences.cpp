#include "tests/property/generators.h"
#include "tests/property/runner.h"

#include <QTest>

#include <cstdlib>
#include <fstream>
#include <iterator>

/// Random models and random sequences of what a program does to a session, against a plain reference and the database.
///
/// A failure prints the shortest model and steps that show it: a text for sequencesThatFailedOnce(), or for a file that
/// CORMORANT_SEQUENCE names. RC_PARAMS="seed=… max_success=100000" asks for other or longer runs than the fixed one.
class RandomSequences : public QObject {
    Q_OBJECT

private slots:
    void sequencesThatFailedOnce_data();
    void sequencesThatFailedOnce();
    void sessionAndDatabaseAreWhatTheReferenceSays();
};

void RandomSequences::sequencesThatFailedOnce_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a new child that is told to have no parent is no orphan") << QByteArray(R"(
        class generated
        relation 0 0 many orphan setnull
        add 0 0 0 0
        unlink 0 0)");
    QTest::newRow("an orphan that was not inserted is inserted when it is added again") << QByteArray(R"(
        class generated
        relation 0 0 many orphan setnull
        relation 0 0 many orphan cascade
        add 0 0 0 0
        append 1 0 0
        take 1 0
        add 0 2 0 0
        check
        append 0 0 2)");
    QTest::newRow("a key of zeros is a key") << QByteArray(R"(
        class pair
        relation 0 0 many server cascade
        add 0 0 0 0
        add 0 3 0 0
        link 0 0 3)");
    QTest::newRow("a new row takes the key of one that another session deleted") << QByteArray(R"(
        class generated
        add 0 0 0 0
        otherremove 0 0
        add 0 0 0 0)");
    QTest::newRow("linking again brings back what left the session") << QByteArray(R"(
        session noautoflush
        class generated
        relation 0 0 many nullify setnull
        add 0 0 0 0
        add 0 2 0 0
        link 0 2 0
        remove 0 0
        append 0 2 0)");
    if (const char *file = std::getenv("CORMORANT_SEQUENCE")) {
        std::ifstream stream(file);
        const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        QTest::newRow("CORMORANT_SEQUENCE") << QByteArray::fromStdString(text);
    }
}

void RandomSequences::sequencesThatFailedOnce()
{
    QFETCH(QByteArray, text);
    try {
        property::runText(text.toStdString());
    } catch (const property::Mismatch &mismatch) {
        QFAIL(mismatch.what());
    }
}

void RandomSequences::sessionAndDatabaseAreWhatTheReferenceSays()
{
    setenv("RC_PARAMS", "seed=20260731 max_success=1500", 0);
    std::string shortest;
    const bool holds = rc::check("a session and its database are what the reference says", [&] {
        const property::Model model = *property::anyModel();
        const property::Steps steps = *property::anySteps();
        try {
            property::Runner(model).run(steps);
        } catch (const property::Mismatch &mismatch) {
            shortest = std::string(mismatch.what()) + "\n" + toText(model) + toText(steps);
            RC_FAIL(mismatch.what());
        }
    });
    QVERIFY2(holds, shortest.c_str());
}

QTEST_APPLESS_MAIN(RandomSequences)
#include "tst_random_sequences.moc"
