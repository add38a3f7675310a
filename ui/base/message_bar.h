#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QToolButton;
class QPushButton;

namespace ui {

/// A line above the work that says what happened, with at most one thing to do about it. Hidden while there is nothing
/// to say. Text is plain, may be long and can be selected.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Information, Success, Warning, Error };

    explicit MessageBar(QWidget *parent = nullptr);
    /// Replaces what stood there. Information and success go by themselves after some seconds.
    void show(Kind kind, const QString &text, const QString &actionText = {}, std::function<void()> action = {});
    void dismiss();
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    Kind m_kind = Kind::Information;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
    std::function<void()> m_onAction;
    int m_generation = 0;
};

} // namespace ui
