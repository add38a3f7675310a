#include "ormcore/base/error.h"
#include "ormcore/mapping/registry.h"

#include <QTest>

namespace {

struct Tag;
struct Post {
    std::int64_t id{};
    orm::Many<Tag> tags{};
    orm::Many<Post> related{};
};
struct Tag {
    std::string label{};
    orm::Many<Post> posts{};
};

template <class... Options> orm::Registry blog(const Options &...options)
{
    orm::Registry registry;
    registry.map<Post>("posts").column<&Post::id>("id", orm::primaryKey).many<&Post::tags>(options...);
    registry.map<Tag>("tags").column<&Tag::label>("label", orm::String(20), orm::primaryKey);
    return registry;
}

template <class Call> std::string refusal(Call call)
{
    try {
        call();
    } catch (const orm::Argument &error) {
        return error.what();
    }
    return {};
}

void addKey(orm::Table &table, const char *column, const char *target)
{
    table.addColumn(column, orm::Integer()).primaryKey = true;
    table.primaryKey.columns.push_back(column);
    orm::ForeignKey key;
    key.columns = {column};
    key.target = {"", target};
    table.foreignKeys.push_back(key);
}

/// Tables as a database would have them: posts, tags, and the links between both.
orm::MetaData schema()
{
    orm::MetaData metadata;
    for (const char *name : {"post", "tag"}) {
        orm::Table &table = metadata.addTable({"", name});
        table.addColumn("id", orm::Integer()).primaryKey = true;
        table.primaryKey.columns = {"id"};
    }
    orm::Table &links = metadata.addTable({"", "post_tag"});
    addKey(links, "post_id", "post");
    addKey(links, "tag_id", "tag");
    return metadata;
}

} // namespace

/// Which link tables a mapping finds or makes, before any session.
class LinkTables : public QObject {
    Q_OBJECT

private slots:
    void aMissingLinkTableIsMadeWithAKeyOverBothSides();
    void itsColumnsMayBeNamed();
    void itsRowsGoWithTheirParentsWhereTheDatabaseIsToDoIt();
    void aTableOfTheMetadataIsTaken();
    void aTableThatLeadsBackNamesItsColumns();
    void oneClassGoesOverTheLinksOnce();
    void aLinkTableWithoutForeignKeyIsRefused();
    void orphansOfSeveralParentsAreRefused();
    void tablesOfTwoForeignKeysAreOfferedAsLinks();
    void aTableWithMoreIsNoLinkTable();
};

void LinkTables::aMissingLinkTableIsMadeWithAKeyOverBothSides()
{
    orm::Registry registry = blog(orm::secondary("post_tags"));
    const orm::Table &links = registry.metadata()["post_tags"];
    QCOMPARE(links.primaryKey.columns, (std::vector<std::string>{"posts_id", "tags_label"}));
    QCOMPARE(links.foreignKeys.size(), std::size_t{2});
    QVERIFY(!links.column("tags_label").nullable);
    QCOMPARE(links.column("tags_label").type.length.value_or(0), 20);
    QVERIFY(links.foreignKeys[0].onDelete == orm::ReferentialAction::NoAction);
}

void LinkTables::itsColumnsMayBeNamed()
{
    orm::Registry registry = blog(orm::secondary("post_tags", orm::foreignKey("post"), orm::foreignKey("tag")));
    QCOMPARE(registry.metadata()["post_tags"].primaryKey.columns, (std::vector<std::string>{"post", "tag"}));
    QVERIFY(!refusal([] { blog(orm::secondary("post_tags", orm::foreignKey("a", "b"))).configure(); }).empty());
}

void LinkTables::itsRowsGoWithTheirParentsWhereTheDatabaseIsToDoIt()
{
    orm::Registry registry = blog(orm::secondary("post_tags"), orm::passiveDeletes);
    for (const orm::ForeignKey &key : registry.metadata()["post_tags"].foreignKeys)
        QVERIFY(key.onDelete == orm::ReferentialAction::Cascade);
    registry.configure();
    QVERIFY(registry.mapper<Post>().linkReferences().empty());
    QVERIFY(registry.mapper<Tag>().linkReferences().empty());
}

void LinkTables::aTableOfTheMetadataIsTaken()
{
    orm::Registry registry = orm::Registry::reflected(schema());
    registry.record("post").many("labels", "tag", orm::secondary("post_tag"));
    registry.configure();
    const orm::Relationship &labels = registry.mapper("post").relationship("labels");
    QVERIFY(labels.kind == orm::RelationKind::ManyToMany);
    QCOMPARE(labels.reference, &registry.mapper("post_tag").references()[0]);
    QCOMPARE(labels.farReference, &registry.mapper("post_tag").references()[1]);
    QCOMPARE(registry.metadata().tables().size(), std::size_t{3});
}

void LinkTables::aTableThatLeadsBackNamesItsColumns()
{
    orm::Registry registry;
    registry.map<Post>("posts")
        .column<&Post::id>("id", orm::primaryKey)
        .many<&Post::related>(orm::secondary("related"));
    const std::string why = refusal([&] { registry.configure(); });
    QVERIFY2(why.find("name the columns") != std::string::npos, why.c_str());
}

void LinkTables::oneClassGoesOverTheLinksOnce()
{
    orm::Registry registry = orm::Registry::reflected(schema());
    registry.record("post")
        .many("tags", "tag", orm::secondary("post_tag"))
        .many("labels", "tag", orm::secondary("post_tag"));
    const std::string why = refusal([&] { registry.configure(); });
    QVERIFY2(why.find("same link rows") != std::string::npos, why.c_str());
}

void LinkTables::aLinkTableWithoutForeignKeyIsRefused()
{
    orm::Registry registry = orm::Registry::reflected(schema());
    registry.record("tag").many("others", "tag", orm::secondary("post_tag"));
    const std::string why = refusal([&] { registry.configure(); });
    QVERIFY2(why.find("no foreign key leads from the link table") != std::string::npos, why.c_str());
}

void LinkTables::orphansOfSeveralParentsAreRefused()
{
    const std::string why = refusal([] { blog(orm::secondary("post_tags"), orm::cascadeAllDeleteOrphan).configure(); });
    QVERIFY2(why.find("orphan") != std::string::npos, why.c_str());
}

void LinkTables::tablesOfTwoForeignKeysAreOfferedAsLinks()
{
    const orm::Registry registry = orm::Registry::reflected(schema());
    registry.configure();
    const orm::Mapper &post = registry.mapper("post");
    QVERIFY(post.relationship("post_tag").kind == orm::RelationKind::Children); // as ever
    QVERIFY(post.relationship("tag").kind == orm::RelationKind::ManyToMany);
    QVERIFY(registry.mapper("tag").relationship("post").kind == orm::RelationKind::ManyToMany);
    QVERIFY(post.linkReferences().empty()); // the database decides what becomes of the rows
}

void LinkTables::aTableWithMoreIsNoLinkTable()
{
    orm::MetaData metadata = schema();
    metadata["post_tag"].addColumn("position", orm::Integer());
    const orm::Registry registry = orm::Registry::reflected(std::move(metadata));
    registry.configure();
    QVERIFY(!registry.mapper("post").findRelationship("tag"));
}

QTEST_APPLESS_MAIN(LinkTables)
#include "tst_link_tables.moc"
