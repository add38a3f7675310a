#pragma once

#include <QLineEdit>

#include <functional>

class QLabel;

namespace ui::canvas {

/// A line edit that stands on the canvas over a name. Enter commits, Escape gives up, leaving it commits; what cannot
/// be done is said below it and the text stays.
class InlineEditor : public QLineEdit {
    Q_OBJECT

public:
    /// commit: answers why not, empty if done.
    InlineEditor(QWidget *viewport, const QString &text, std::function<QString(const QString &)> commit);
    void place(const QRect &rect, double scale);
    void finish(); ///< as if one left it: commits what can be, then closes

signals:
    void closed(bool committed);
    void refused(const QString &problem); ///< it was left, and its text could not be committed
    void stepped(int step);               ///< Tab or Backtab: committed, and the next or the one before is wanted
    void another();                       ///< Alt+Enter: committed, and the next one is wanted

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool commit();
    void close(bool committed);
    void say(const QString &problem);

    std::function<QString(const QString &)> m_commit;
    QString m_original;
    QLabel *m_problem;
    bool m_closed = false;
};

} // namespace ui::canvas
