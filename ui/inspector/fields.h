#pragma once

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace ui::inspector {

/// A line of text that is committed when one leaves it or presses Enter. What cannot be done is said below it, in
/// words, and the text stays until it is mended or Escape brings the old one back.
class TextField : public QWidget {
    Q_OBJECT

public:
    /// commit answers why not; empty: done.
    TextField(const QString &accessibleName, std::function<QString(const QString &)> commit, QWidget *parent = nullptr);
    /// What the model says; a text that is being mended stays.
    void setValue(const QString &value);
    void setPlaceholder(const QString &text);
    [[nodiscard]] QLineEdit *edit() const noexcept { return m_edit; }
    [[nodiscard]] QString problem() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void commit();
    void say(const QString &problem);

    QLineEdit *m_edit;
    QLabel *m_problem;
    QString m_value;
    std::function<QString(const QString &)> m_commit;
};

/// A label in the theme's error colour that is hidden while it has nothing to say.
QLabel *makeProblemLabel(QWidget *parent);
void showProblem(QLabel *label, const QString &problem);

/// A choice among fixed texts; act gets the index that the user chose.
QComboBox *makeChoice(const QString &accessibleName, const QStringList &texts, std::function<void(int)> act,
                      QWidget *parent);
QCheckBox *makeCheck(const QString &text, std::function<void(bool)> act, QWidget *parent);

} // namespace ui::inspector
