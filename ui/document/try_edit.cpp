#include "ui/document/try_edit.h"

#include "ormcore/base/error.h"
#include "ui/base/value_text.h"

namespace ui {

using namespace orm::model;

QString tryEdit(Document &document, const std::function<Edit()> &make, const QString &text)
{
    try {
        document.apply(make(), text);
        return {};
    } catch (const orm::Error &error) {
        return fromUtf8(error.what());
    }
}

QString tryEdits(Document &document, const std::vector<std::function<Edit()>> &makes, const QString &text)
{
    QString problem;
    QUndoStack &stack = document.undoStack();
    const int before = stack.index();
    stack.beginMacro(text);
    for (const auto &make : makes) {
        problem = tryEdit(document, make, text);
        if (!problem.isEmpty())
            break;
    }
    stack.endMacro();
    if (!problem.isEmpty() && stack.index() > before)
        stack.undo();
    return problem;
}

EntityId addedEntity(const Model &model, const Edit &edit)
{
    for (const Change &change : edit.changes) {
        const auto *entity = std::get_if<EntityChange>(&change);
        if (entity != nullptr && entity->other && !model.entity(entity->id))
            return entity->id;
    }
    return {};
}

} // namespace ui
