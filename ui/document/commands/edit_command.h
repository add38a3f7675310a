#pragma once

#include "ormcore/model/model.h"

#include <QUndoCommand>

namespace ui {

class Document;

/// The one undo command: an edit that is swapped in and out. undo() and redo() are the same exact swap, so neither
/// can fail. Commands with the same non-zero mergeKey that follow each other become one step.
class EditCommand : public QUndoCommand {
public:
    EditCommand(Document &document, orm::model::Edit edit, const QString &text, int mergeKey);
    void redo() override;
    void undo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    Document &m_document;
    orm::model::Edit m_edit;
    int m_mergeKey;
};

} // namespace ui
