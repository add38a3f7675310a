#pragma once

#include "ormcore/model/edits.h"
#include "ormcore/model/storage.h"
#include "ui/base/theme.h"
#include "ui/canvas/inline_editor.h"
#include "ui/canvas/view.h"

#include <QTest>

#include <memory>

namespace ui {

using namespace orm::model;

/// A window with a diagram of two tables, customer and invoice, and the hands to work in it.
struct Bench {
    JobRunner runner;
    std::unique_ptr<Document> document;
    std::unique_ptr<CanvasView> view;
    DiagramId diagram;

    explicit Bench(bool withTables = true)
    {
        Model model;
        apply(model, setInfo(model, {"shop", {"sqlite"}, {}}));
        apply(model, addDiagram(model, "main"));
        diagram = model.diagrams().begin()->first;
        if (withTables) {
            apply(model, addEntity(model, diagram, 0, 0, "customer"));
            apply(model, addEntity(model, diagram, 400, 0, "invoice"));
        }
        document = std::make_unique<Document>(std::move(model));
        view = std::make_unique<CanvasView>(*document, diagram, runner);
        view->resize(1000, 700);
        view->show();
        view->activateWindow();
        (void)QTest::qWaitForWindowActive(view.get());
        view->setFocus();
        settle();
        if (withTables)
            view->setZoom(1);
    }
    static void apply(Model &model, Edit edit) { model.swap(edit); }
    void settle() const
    {
        QVERIFY(QTest::qWaitFor([this] { return view->diagramScene().isSettled(); }, 20000));
    }
    [[nodiscard]] EntityPointer entity(std::string_view name) const { return document->model().entity(name); }
    [[nodiscard]] canvas::NodeItem *item(std::string_view name) const
    {
        return view->diagramScene().nodeItem(entity(name)->id);
    }
    [[nodiscard]] QPoint header(std::string_view name) const
    {
        return view->mapFromScene(item(name)->pos() + QPointF(40, 14));
    }
    [[nodiscard]] QPoint row(std::string_view name, int index, double x = 60) const
    {
        const QRectF rect = item(name)->figure().rowRect(index);
        return view->mapFromScene(item(name)->pos() + QPointF(x, rect.center().y()));
    }
    void click(const QPoint &at, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, at);
    }
    void drag(const QPoint &from, const QPoint &to) const
    {
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i)
            QTest::mouseMove(view->viewport(), from + (to - from) * i / 4);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, to);
    }
    void key(Qt::Key k, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(view.get(), k, modifiers); }
    [[nodiscard]] canvas::InlineEditor *editor() const { return view->findChild<canvas::InlineEditor *>(); }
    void type(const QString &text) const
    {
        QVERIFY(editor() != nullptr);
        editor()->selectAll();
        QTest::keyClicks(editor(), text);
        QTest::keyClick(editor(), Qt::Key_Return);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    [[nodiscard]] std::vector<TextFile> bytes() const { return write(document->model()); }
};

} // namespace ui
