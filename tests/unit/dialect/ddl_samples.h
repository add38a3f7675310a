#pragma once

#include "ormcore/schema/metadata.h"

/// Schemas for golden DDL, each about one thing.
namespace samples {

using namespace orm;

/// A small shop as a designer draws it: portable types, identities, actions, comments, an enum, a partial index.
inline MetaData shop()
{
    MetaData metadata;
    Table &order = metadata.addTable({{}, "order"});
    Column &id = order.addColumn("id", BigInteger());
    id.nullable = false;
    id.primaryKey = true;
    id.identity = IdentityKind::ByDefault;
    order.addColumn("customer_id", BigInteger()).nullable = false;
    Column &placed = order.addColumn("placed_at", DateTime());
    placed.nullable = false;
    placed.serverDefault = {"CURRENT_TIMESTAMP"};
    Column &status = order.addColumn("status", Enum("order_status", {"open", "paid", "client's choice"}));
    status.nullable = false;
    status.serverDefault = {"'open'"};
    Column &total = order.addColumn("total", Numeric(12, 2));
    total.nullable = false;
    total.serverDefault = {"0"};
    total.comment = "Sum of the lines, in reais";
    order.addColumn("gift", Boolean());
    order.primaryKey = {"order_pk", {"id"}};
    order.checks.push_back({"order_total_check", {"total >= 0"}});
    order.foreignKeys.push_back({.name = "order_customer_fk",
                                 .columns = {"customer_id"},
                                 .target = {{}, "customer"},
                                 .targetColumns = {"id"},
                                 .onDelete = ReferentialAction::Restrict,
                                 .onUpdate = ReferentialAction::Cascade});
    order.indexes.push_back({.name = "order_placed", .parts = {{.column = "placed_at", .descending = true}}});
    order.comment = "What a customer bought at once";

    Table &customer = metadata.addTable({{}, "customer"});
    Column &customerId = customer.addColumn("id", BigInteger());
    customerId.nullable = false;
    customerId.identity = IdentityKind::ByDefault;
    customer.addColumn("name", String(120)).nullable = false;
    customer.addColumn("email", String(254));
    customer.addColumn("born", DateType());
    customer.addColumn("photo", LargeBinary());
    customer.addColumn("notes", Text());
    customer.primaryKey = {{}, {"id"}};
    customer.uniques.push_back({"customer_email_key", {"email"}});
    Table &view = metadata.addTable({{}, "open_order"}, TableKind::View);
    view.definition = {"SELECT id, total FROM \"order\" WHERE status = 'open'"};
    return metadata;
}

/// Two tables that need each other, and one that needs itself.
inline MetaData cycle()
{
    MetaData metadata;
    for (const auto &[name, other] : {std::pair{"department", "employee"}, {"employee", "department"}}) {
        Table &table = metadata.addTable({{}, name});
        table.addColumn("id", Integer()).nullable = false;
        table.addColumn(std::string(other) + "_id", Integer());
        table.primaryKey = {{}, {"id"}};
        table.foreignKeys.push_back({.name = std::string(name) + "_" + other + "_fk",
                                     .columns = {std::string(other) + "_id"},
                                     .target = {{}, other},
                                     .targetColumns = {"id"}});
    }
    Table &employee = metadata["employee"];
    employee.addColumn("boss_id", Integer());
    employee.foreignKeys.push_back({.name = "employee_boss_fk",
                                    .columns = {"boss_id"},
                                    .target = {{}, "employee"},
                                    .targetColumns = {"id"},
                                    .onDelete = ReferentialAction::SetNull});
    return metadata;
}

/// Every portable type that all dialects have.
inline MetaData types()
{
    MetaData metadata;
    Table &table = metadata.addTable({{}, "every_type"});
    Type binary = LargeBinary();
    binary.length = 16;
    Type precise = DateTime();
    precise.precision = 3;
    table.addColumn("a_boolean", Boolean());
    table.addColumn("a_small_integer", SmallInteger());
    table.addColumn("an_integer", Integer());
    table.addColumn("a_big_integer", BigInteger());
    table.addColumn("a_float", Float());
    table.addColumn("a_double", Double());
    table.addColumn("a_numeric", Numeric(18, 4));
    table.addColumn("a_string", String(40));
    table.addColumn("a_text", Text());
    table.addColumn("a_date", DateType());
    table.addColumn("a_time", TimeType());
    table.addColumn("a_timestamp", DateTime());
    table.addColumn("a_precise_timestamp", precise);
    table.addColumn("a_uuid", UuidType());
    table.addColumn("a_json", Json());
    table.addColumn("an_enum", Enum("", {"one", "two"}));
    table.addColumn("a_binary", binary);
    table.addColumn("a_large_binary", LargeBinary());
    return metadata;
}

/// What only some databases can say; the others refuse it.
inline MetaData partial()
{
    MetaData metadata;
    Table &table = metadata.addTable({{}, "account"});
    table.addColumn("id", Integer()).nullable = false;
    table.addColumn("email", String(254)).nullable = false;
    table.addColumn("deleted", Boolean());
    table.primaryKey = {{}, {"id"}};
    table.indexes.push_back(
        {.name = "account_email", .parts = {{.column = "email"}}, .unique = true, .where = {"deleted IS NULL"}});
    return metadata;
}

/// Names that need their quotation marks.
inline MetaData names()
{
    MetaData metadata;
    Table &table = metadata.addTable({{}, "select"});
    table.addColumn("a \"quoted\" name", Integer()).nullable = false;
    table.addColumn("preço", Numeric(10, 2));
    table.addColumn("back`tick", Integer());
    table.addColumn("CamelCase", Integer());
    table.primaryKey = {"the key", {"CamelCase", "a \"quoted\" name"}};
    table.indexes.push_back({.name = "on two", .parts = {{.column = "preço"}, {.column = "back`tick"}}});
    return metadata;
}

} // namespace samples
