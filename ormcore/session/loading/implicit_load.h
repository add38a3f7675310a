#pragma once

#include "ormcore/session/session_core.h"

namespace orm {

/// A load that nobody asked for by a query: counts its statements, and tells the log why they are sent, while it lives.
class ImplicitLoad {
public:
    /// `relationship`: null for the columns of expired objects.
    ImplicitLoad(SessionCore &core, const Mapper &mapper, const Relationship *relationship, std::size_t objects);
    ImplicitLoad(const ImplicitLoad &) = delete;
    ImplicitLoad &operator=(const ImplicitLoad &) = delete;
    ~ImplicitLoad();

private:
    SessionCore &m_core;
    const Mapper &m_mapper;
    const Relationship *m_relationship;
    std::size_t m_objects;
    std::uint64_t m_before;
};

} // namespace orm
