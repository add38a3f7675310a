#pragma once

#include "tests/unit/session/shop.h"

using Log = std::vector<std::string>;

/// Writes down every event of users.
inline std::unique_ptr<Shop> listening(Log &log, Shape shape = Shape::Classes)
{
    static constexpr std::pair<orm::ObjectEvent, const char *> names[] = {
        {orm::ObjectEvent::BeforeInsert, "beforeInsert"},
        {orm::ObjectEvent::AfterInsert, "afterInsert"},
        {orm::ObjectEvent::BeforeUpdate, "beforeUpdate"},
        {orm::ObjectEvent::AfterUpdate, "afterUpdate"},
        {orm::ObjectEvent::BeforeDelete, "beforeDelete"},
        {orm::ObjectEvent::AfterDelete, "afterDelete"},
        {orm::ObjectEvent::Load, "load"},
        {orm::ObjectEvent::Refresh, "refresh"}};
    return std::make_unique<Shop>(shape, orm::SessionOptions{}, "sqlite://", [&log](orm::Registry &registry) {
        for (const auto &[event, name] : names)
            registry.record("users").on(event, [&log, name = name](const orm::Record &user) {
                log.push_back(std::string(name) + " " + user.get("name").toString());
            });
    });
}

/// A shop of records where one event of users is handled.
inline std::unique_ptr<Shop> handling(orm::ObjectEvent event, std::function<void(const orm::Record &)> handler)
{
    return std::make_unique<Shop>(Shape::Records, orm::SessionOptions{}, "sqlite://", [&](orm::Registry &registry) {
        registry.record("users").on(event, std::move(handler));
    });
}
