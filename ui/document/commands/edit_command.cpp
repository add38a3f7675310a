#include "ui/document/commands/edit_command.h"

#include "ui/document/document.h"

#include <algorithm>

namespace ui {

namespace {

using namespace orm::model;

bool sameElement(const Change &a, const Change &b)
{
    if (a.index() != b.index())
        return false;
    if (const auto *entity = std::get_if<EntityChange>(&a))
        return entity->id == std::get<EntityChange>(b).id;
    if (const auto *trigger = std::get_if<TriggerChange>(&a))
        return trigger->id == std::get<TriggerChange>(b).id;
    if (const auto *diagram = std::get_if<DiagramChange>(&a))
        return diagram->id == std::get<DiagramChange>(b).id;
    if (const auto *node = std::get_if<NodeChange>(&a))
        return node->diagram == std::get<NodeChange>(b).diagram && node->id == std::get<NodeChange>(b).id;
    return true; // there is one info
}

bool touchesDiagrams(const Edit &edit)
{
    return std::any_of(edit.changes.begin(), edit.changes.end(),
                       [](const Change &change) { return std::holds_alternative<DiagramChange>(change); });
}

} // namespace

EditCommand::EditCommand(Document &document, Edit edit, const QString &text, int mergeKey)
    : QUndoCommand(text), m_document(document), m_edit(std::move(edit)), m_mergeKey(mergeKey)
{
}

void EditCommand::redo() { m_document.swap(m_edit); }

void EditCommand::undo() { m_document.swap(m_edit); }

int EditCommand::id() const { return m_mergeKey == 0 ? -1 : m_mergeKey; }

bool EditCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = dynamic_cast<const EditCommand *>(other);
    // The order of changes matters where a diagram comes or goes: such steps stay on their own.
    if (next == nullptr || touchesDiagrams(m_edit) || touchesDiagrams(next->m_edit))
        return false;
    const std::size_t own = m_edit.changes.size();
    for (const Change &change : next->m_edit.changes) {
        const auto end = m_edit.changes.begin() + static_cast<std::ptrdiff_t>(own);
        const bool known = std::any_of(m_edit.changes.begin(), end,
                                       [&](const Change &earlier) { return sameElement(earlier, change); });
        if (!known) // what stood before the earlier step is what undo must bring back
            m_edit.changes.push_back(change);
    }
    return true;
}

} // namespace ui
