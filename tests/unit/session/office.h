#pragma once

#include "tests/unit/session/shop.h"

struct Document {
    std::int64_t id{};
    std::string filename{};
    std::optional<std::int32_t> number{};   // counted
    std::optional<std::string> language{};  // "en"
    std::optional<std::string> label{};     // of the filename
    std::optional<std::int32_t> revision{}; // counted at each UPDATE
    std::optional<std::string> state{};     // "new", by the server
};
struct Token {
    std::string code{};
    std::optional<std::int64_t> documentId{};
    orm::One<Document> document{};
};
/// One that follows another one's key, in a table that refers to itself.
struct Badge {
    std::string code{};
    std::optional<std::string> tokenCode{};
    std::optional<std::string> nextCode{};
    orm::One<Token> token{};
    orm::One<Badge> next{};
};

/// Documents, tokens and badges whose defaults count how often they are called.
struct Office {
    int numbers = 0;
    int revisions = 0;
    StatementRecorder recorder;
    std::unique_ptr<orm::Engine> engine;
    orm::Registry registry;
    std::unique_ptr<orm::Session> session;

    explicit Office(Shape shape)
    {
        orm::EngineOptions options;
        recorder.listenTo(options);
        engine = orm::createEngine("sqlite://", options);
        const orm::Registry made = classes();
        orm::createAll(*engine, made.metadata());
        registry = shape == Shape::Classes ? classes() : records();
        session = std::make_unique<orm::Session>(*engine, registry);
        recorder.clear();
    }
    Office(const Office &) = delete;
    Office &operator=(const Office &) = delete;

    orm::Registry classes()
    {
        orm::Registry mapped;
        mapped.map<Document>("documents")
            .column<&Document::id>("id", orm::primaryKey)
            .column<&Document::filename>("filename", orm::String(100))
            .column<&Document::number>("number", nextNumber())
            .column<&Document::language>("language", orm::String(5), orm::defaultValue("en"))
            .column<&Document::label>("label", orm::String(100), labelOf())
            .column<&Document::revision>("revision", nextRevision())
            .column<&Document::state>("state", orm::String(10), orm::serverDefault("'new'"));
        mapped.map<Token>("tokens")
            .column<&Token::code>("code", orm::String(20), orm::primaryKey, nextCode())
            .column<&Token::documentId>("document_id", orm::references("documents.id"))
            .one<&Token::document>();
        mapped.map<Badge>("badges")
            .column<&Badge::code>("code", orm::String(20), orm::primaryKey, nextCode())
            .column<&Badge::tokenCode>("token_code", orm::String(20), orm::references("tokens.code"))
            .column<&Badge::nextCode>("next_code", orm::String(20), orm::references("badges.code"))
            .one<&Badge::token>()
            .one<&Badge::next>(orm::foreignKey("next_code"));
        return mapped;
    }
    orm::Registry records()
    {
        orm::Connection connection = engine->connect();
        orm::Registry mapped = orm::Registry::reflected(orm::reflect(connection));
        mapped.record("documents")
            .column("number", nextNumber())
            .column("language", orm::defaultValue("en"))
            .column("label", labelOf())
            .column("revision", nextRevision());
        mapped.record("tokens").column("code", nextCode()).one("document", "documents");
        mapped.record("badges")
            .column("code", nextCode())
            .one("token", "tokens")
            .one("next", "badges", orm::foreignKey("next_code"));
        return mapped;
    }
    orm::DefaultFrom nextNumber()
    {
        return orm::defaultFrom([this] { return 100 + numbers++; });
    }
    orm::DefaultFrom nextCode()
    {
        return orm::defaultFrom([this] { return "t" + std::to_string(numbers++); });
    }
    orm::OnUpdate nextRevision()
    {
        return orm::onUpdate([this] { return std::optional<std::int32_t>(++revisions); });
    }
    static orm::DefaultFrom labelOf()
    {
        return orm::defaultFrom([](const orm::Record &row) { return "file " + row.get("filename").toString(); });
    }
    orm::Record add(const char *table) { return session->add(registry.metadata()[table]); }
    orm::Record document(const char *filename)
    {
        return session->add(registry.metadata()["documents"], {{"filename", filename}});
    }
    orm::Value stored(const std::string &sql) { return session->connection().execute(sql).scalar(); }
};
