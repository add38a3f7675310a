#pragma once

#ifndef Q_MOC_RUN // moc cannot read the standard library's <compare>
#include "ormcore/model/edits.h"
#include "ormcore/model/model.h"
#endif

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <filesystem>
#include <variant>
#include <vector>

namespace ui {

struct AttributeRef {
    orm::model::EntityId entity;
    orm::model::AttributeId attribute;
    bool operator==(const AttributeRef &) const = default;
};
struct ForeignKeyRef {
    orm::model::EntityId entity; ///< the child
    orm::model::ConstraintId key;
    bool operator==(const ForeignKeyRef &) const = default;
};
using ElementRef = std::variant<orm::model::EntityId, AttributeRef, ForeignKeyRef>;

/// What an edit touched, for views that follow.
struct Changes {
    std::vector<orm::model::EntityId> entities; ///< added, changed or removed
    std::vector<orm::model::DiagramId> diagrams;
    std::vector<std::pair<orm::model::DiagramId, orm::model::NodeId>> nodes;
    bool info = false;
};

/// The open model: the one place through which views read, change and select it.
///
/// Every change is one undo step. apply() never fails: edits are computed (and may throw) before. Thread: the UI's.
class Document : public QObject {
    Q_OBJECT

public:
    explicit Document(orm::model::Model model, std::filesystem::path path = {}, QObject *parent = nullptr);

    [[nodiscard]] const orm::model::Model &model() const noexcept { return m_model; }
    [[nodiscard]] const std::filesystem::path &path() const noexcept { return m_path; } ///< empty: never saved
    [[nodiscard]] QUndoStack &undoStack() noexcept { return m_undo; }
    /// One undo step named text. Steps with the same non-zero mergeKey that follow each other become one.
    void apply(orm::model::Edit edit, const QString &text, int mergeKey = 0);
    void save(const std::filesystem::path &path = {}); ///< throws orm::Operational; path empty: where it is
    /// A worker has written the model of undo step `step` (undoStack().index()) to path. Later edits stay unsaved.
    void markSaved(const std::filesystem::path &path, int step, orm::model::Model written);
    /// What the files at path() hold, as far as it was read or written here: other programs may have changed them.
    [[nodiscard]] const orm::model::Model &stored() const noexcept { return m_stored; }
    void setStored(orm::model::Model stored) { m_stored = std::move(stored); }
    /// Another model in its place, read anew from path(): nothing of the old one can be undone.
    void replace(orm::model::Model model, orm::model::Model stored);

    [[nodiscard]] const std::vector<ElementRef> &selection() const noexcept { return m_selection; }
    void select(std::vector<ElementRef> elements);
    [[nodiscard]] bool isModified() const { return !m_undo.isClean(); }

signals:
    void changed(const ui::Changes &changes);
    void selectionChanged();
    void pathChanged();
    void modifiedChanged(bool modified);

private:
    friend class EditCommand;
    void swap(orm::model::Edit &edit);

    orm::model::Model m_model;
    orm::model::Model m_stored;
    std::filesystem::path m_path;
    QUndoStack m_undo;
    std::vector<ElementRef> m_selection;
};

} // namespace ui
