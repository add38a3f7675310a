#include "tests/property/runner.h"

#include "ormcore/base/error.h"

#include <algorithm>

namespace property {

namespace {

Failure failureOf(const orm::Error &error)
{
    if (const auto *integrity = dynamic_cast<const orm::Integrity *>(&error)) {
        switch (integrity->kind()) {
        case orm::IntegrityKind::Unique:
        case orm::IntegrityKind::PrimaryKey:
            return Failure::Unique;
        case orm::IntegrityKind::ForeignKey:
            return Failure::ForeignKey;
        case orm::IntegrityKind::NotNull:
            return Failure::NotNull;
        case orm::IntegrityKind::Check:
        case orm::IntegrityKind::Unknown:
            break;
        }
    }
    if (dynamic_cast<const orm::StaleRow *>(&error))
        return Failure::Stale;
    if (dynamic_cast<const orm::Argument *>(&error))
        return Failure::Argument;
    throw Mismatch(std::string("an error of a kind that nothing explains: ") + error.what());
}

std::string toText(const std::set<Failure> &failures)
{
    static constexpr const char *names[] = {"Unique", "NotNull", "ForeignKey", "Stale", "Argument"};
    std::string text;
    for (const Failure failure : failures)
        text += (text.empty() ? "" : " or ") + std::string(names[static_cast<std::size_t>(failure)]);
    return text;
}

} // namespace

bool Runner::attempt(const std::function<void()> &work)
{
    const Verdict verdict = m_reference.judge();
    const int before = m_world.writes;
    std::set<Failure> allowed = verdict.must;
    allowed.insert(verdict.may.begin(), verdict.may.end());
    try {
        work();
    } catch (const orm::Error &error) {
        if (!allowed.contains(failureOf(error)) && !verdict.open)
            throw Mismatch("fails where " + (allowed.empty() ? "nothing is wrong" : toText(allowed) + " is due") +
                           ": " + error.what());
        recover();
        return false;
    }
    if (verdict.quiet && m_world.writes != before)
        throw Mismatch("sends a statement although nothing changed");
    return true;
}

void Runner::act(const std::function<void()> &session, const std::function<void()> &reference)
{
    if (m_reference.judge().open)
        return rollback();
    const int before = m_world.writes;
    if (!attempt(session))
        return;
    if (m_world.writes != before)
        absorb();
    reference();
}

void Runner::learnKeys()
{
    for (int i = 0; i < static_cast<int>(m_reference.objects().size()); ++i) {
        const Object &object = m_reference.object(i);
        const std::size_t key = m_reference.layout(object.table).keys[0];
        if (object.stand == Stand::Pending && object.row[key] == kNull && record(i).life() == orm::Life::Persistent)
            m_reference.setKeyMadeByDatabase(i, record(i).get(key).toString());
    }
}

/// The session has flushed: the reference follows.
void Runner::absorb()
{
    const Verdict early = m_reference.judge();
    if (!early.must.empty() && !early.open)
        throw Mismatch("the flush works where " + toText(early.must) + " is due");
    learnKeys();
    m_reference.accept(m_reference.judge());
    compareDatabase();
}

void Runner::flush()
{
    if (m_reference.judge().open)
        return rollback();
    if (attempt([&] { m_session->flush(); }))
        absorb();
}

void Runner::commit()
{
    if (m_reference.judge().open)
        return rollback();
    if (!attempt([&] {
            while (!m_nested.empty()) {
                m_nested.back().commit();
                m_nested.pop_back();
            }
            m_session->commit();
        }))
        return;
    absorb();
    m_reference.commit();
    compareDatabase();
}

void Runner::rollback()
{
    noteUnloaded();
    m_session->rollback();
    m_nested.clear();
    m_reference.rollback();
    stopAtLostValues();
    compareDatabase();
}

/// New objects that are expired are about to become transient with whatever their memory holds.
void Runner::noteUnloaded()
{
    for (int i = 0; i < static_cast<int>(m_reference.objects().size()); ++i)
        if (m_reference.isNewInTransaction(i) && record(i) && record(i).state()->needsLoad())
            m_reference.noteLost(i);
}

/// A new object that was overwritten while it was expired, or freed and loaded again, and then rolled back has neither
/// a row nor values: what it is worth is open.
void Runner::stopAtLostValues()
{
    m_records.resize(m_reference.objects().size()); // rows may have come back whose object had left
    for (int i = 0; i < static_cast<int>(m_reference.objects().size()); ++i)
        if (m_reference.object(i).stand == Stand::Transient && record(i) &&
            (m_reference.object(i).lost || record(i).life() == orm::Life::Persistent))
            m_over = true;
}

void Runner::beginNested()
{
    if (m_nested.size() == 3)
        return;
    if (m_reference.judge().open)
        return rollback();
    if (!attempt([&] { m_nested.push_back(m_session->beginNested()); }))
        return;
    absorb();
    m_reference.beginNested();
}

void Runner::endNested(bool keep)
{
    if (m_nested.empty())
        return;
    if (!keep) {
        noteUnloaded();
        m_nested.back().rollback();
        m_nested.pop_back();
        m_reference.rollbackNested();
        stopAtLostValues();
        return compareDatabase();
    }
    if (m_reference.judge().open)
        return rollback();
    if (!attempt([&] { m_nested.back().commit(); }))
        return;
    absorb();
    m_nested.pop_back();
    m_reference.releaseNested();
}

/// After a failed flush: nothing works but the rollback, and everything works after it.
void Runner::recover()
{
    bool refused = false;
    try {
        m_session->flush();
    } catch (const orm::PendingRollback &) {
        refused = true;
    }
    if (!refused)
        throw Mismatch("a session whose flush failed goes on before a rollback");
    if (m_nested.empty())
        rollback();
    else
        endNested(false);
}

} // namespace property
