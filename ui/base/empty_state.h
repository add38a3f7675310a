#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// What an empty place shows: one sentence that says what belongs there, and the one button that fills it.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    /// iconName as ui::icon(); actionText empty: no button.
    EmptyState(const QString &iconName, const QString &sentence, const QString &actionText, QWidget *parent = nullptr);
    void setSentence(const QString &sentence);

signals:
    void activated(); ///< the button was pressed

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_sentence;
    QPushButton *m_button = nullptr;
};

} // namespace ui
