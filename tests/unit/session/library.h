#pragma once

#include "tests/unit/session/shop.h"

/// Authors and their books (N:N), people who follow each other (N:N among themselves), and bands whose members have
/// keys of two columns: the classes of the tests of link tables.
struct Book;
struct Author {
    std::int64_t id{};
    std::string name{};
    orm::Many<Book> books{};
};
struct Book {
    std::int64_t id{};
    std::string title{};
    orm::Many<Author> authors{};
};
struct Person {
    std::int64_t id{};
    std::string name{};
    orm::Many<Person> following{};
    orm::Many<Person> followers{};
};
struct Musician;
struct Band { // knows its members; they do not know their bands
    std::string country{};
    std::string name{};
    orm::Many<Musician> members{};
};
struct Musician {
    std::string country{};
    std::int64_t number{};
};

inline orm::Registry libraryClasses()
{
    orm::Registry registry;
    registry.map<Author>("authors")
        .column<&Author::id>("id", orm::primaryKey)
        .column<&Author::name>("name", orm::String(50))
        .many<&Author::books>(orm::secondary("author_book", orm::foreignKey("author_id"), orm::foreignKey("book_id")),
                              orm::backPopulates<&Book::authors>, orm::orderedBy("id"));
    registry.map<Book>("books")
        .column<&Book::id>("id", orm::primaryKey)
        .column<&Book::title>("title", orm::String(50))
        .many<&Book::authors>(orm::secondary("author_book"), orm::backPopulates<&Author::books>, orm::orderedBy("id"));
    registry.map<Person>("people")
        .column<&Person::id>("id", orm::primaryKey)
        .column<&Person::name>("name", orm::String(50))
        .many<&Person::following>(
            orm::secondary("follows", orm::foreignKey("follower_id"), orm::foreignKey("followed_id")),
            orm::backPopulates<&Person::followers>)
        .many<&Person::followers>(orm::secondary("follows"), orm::backPopulates<&Person::following>);
    registry.map<Band>("bands")
        .column<&Band::country>("country", orm::String(2), orm::primaryKey)
        .column<&Band::name>("name", orm::String(50), orm::primaryKey)
        .many<&Band::members>(
            orm::secondary("band_members", orm::foreignKey("country", "band"), orm::foreignKey("country", "musician")));
    registry.map<Musician>("musicians")
        .column<&Musician::country>("country", orm::String(2), orm::primaryKey)
        .column<&Musician::number>("number", orm::primaryKey);
    return registry;
}

inline orm::Registry libraryRecords(orm::Engine &engine)
{
    orm::Connection connection = engine.connect();
    orm::Registry registry = orm::Registry::reflected(orm::reflect(connection));
    registry.record("authors").many("books", "books", orm::secondary("author_book"), orm::orderedBy("id"));
    registry.record("books").many("authors", "authors", orm::secondary("author_book"), orm::orderedBy("id"));
    registry.record("people")
        .many("following", "people",
              orm::secondary("follows", orm::foreignKey("follower_id"), orm::foreignKey("followed_id")))
        .many("followers", "people",
              orm::secondary("follows", orm::foreignKey("followed_id"), orm::foreignKey("follower_id")));
    registry.record("bands").many("members", "musicians", orm::secondary("band_members"));
    return registry;
}

/// A database with these tables, and a session on it.
class Library : public Shop {
public:
    explicit Library(Shape shape = Shape::Classes, orm::SessionOptions options = {})
        : Shop(libraryClasses, libraryRecords, shape, options)
    {
    }
    orm::Record author(const char *name) { return add("authors", {{"name", name}}); }
    orm::Record book(const char *title) { return add("books", {{"title", title}}); }
    orm::Record person(const char *name) { return add("people", {{"name", name}}); }
    std::string links()
    {
        return stored("SELECT group_concat(l, ' ') FROM (SELECT author_id || '-' || book_id AS l FROM "
                      "author_book ORDER BY author_id, book_id)")
            .toString();
    }
};
