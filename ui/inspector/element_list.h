#pragma once

#include <QStringList>
#include <QWidget>

#include <functional>

class QLabel;
class QToolButton;
class QTreeWidget;

namespace ui::inspector {

/// A small list of constraints or members under a heading, with buttons to add and remove. Cells of the columns named
/// in `editable` are edited in place.
class ElementList : public QWidget {
    Q_OBJECT

public:
    struct Row {
        quint64 id = 0;
        QStringList cells;
    };
    ElementList(const QString &title, const QStringList &headers, const QList<int> &editable, QWidget *parent);
    void setRows(const QList<Row> &rows);
    [[nodiscard]] quint64 currentId() const; ///< 0: none
    void setAdder(const QString &tip, std::function<void()> add);
    void setRemover(const QString &tip, std::function<void(quint64)> remove);

signals:
    void edited(quint64 id, int column, const QString &text);
    void opened(quint64 id); ///< double click or Enter on a cell that is not editable

private:
    QTreeWidget *m_tree;
    QToolButton *m_add;
    QToolButton *m_remove;
    QLabel *m_none;
    QList<int> m_editable;
    QList<Row> m_rows;
    bool m_filling = false;
};

} // namespace ui::inspector
