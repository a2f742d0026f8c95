// What the trainings' desk does with whole trainings: the trash, and other names.

#include "app/codec/text.h"
#include "app/gallery/trash.h"
#include "app/ui/training/training_desk.h"
#include "diffusion/error.h"

#include <QFileInfo>

namespace ui {

QString TrainingDesk::obstacleToMove(const QString& name) const {
    const auto* training = find(name);
    if (training && training->isRunning)
        return tr("“%1” is running and writes to its folder; stop it first").arg(name);
    if (training && training->isMoving) return tr("“%1” is being renamed").arg(name);
    return {};
}

QString TrainingDesk::obstacleToRename(const QString& name, const QString& to) const {
    if (const auto obstacle = obstacleToMove(name); !obstacle.isEmpty()) return obstacle;
    if (to.isEmpty()) return tr("A training needs a name");
    if (!isTrainingName(to))
        return tr("A name has no spaces around it and none of / \\ : < > ( ) [ ] { } | , \"");
    const auto* training = find(name);
    if (!training) return {};
    auto plan = training->plan;
    plan.name = to;
    if (to != name && isTaken(plan)) return tr("The name “%1” is taken").arg(to);
    return {};
}

void TrainingDesk::remove(const QString& name) {
    const auto* found = find(name);
    if (!found || !obstacleToMove(name).isEmpty()) return;
    const auto training = *found;
    trainings_.removeIf([&](const Training& each) { return each.plan.name == name; });
    Q_EMIT listChanged();
    pool_.start([this, training, folder = places_.work(name)] {
        try {
            const auto inTrash = gallery::moveToTrash(folder);
            tell([this, training, inTrash] {
                Q_EMIT removed(training.plan.name, inTrash, hasResult(training.plan));
            });
        } catch (const diffusion::Error& error) {
            tell([this, training, message = codec::fromUtf8(error.what())] {
                takeBack(training, message);
            });
        }
    });
}

void TrainingDesk::takeBack(const Training& training, const QString& message) {
    auto* kept = known(training.plan.name);
    if (!kept) kept = insert(training);
    kept->isMoving = false;
    Q_EMIT listChanged();
    Q_EMIT failed({}, message);
}

void TrainingDesk::restore(const QString& name, const QString& inTrash) {
    work({}, [this, name, inTrash, places = places_] {
        const auto folder = places.work(name);
        if (QFileInfo::exists(folder))
            throw diffusion::Error(diffusion::ErrorKind::cannot_write,
                                   codec::toUtf8(folder) +
                                       ": can't be written: there is one of this name again. " +
                                       codec::toUtf8(inTrash) + " stays in the trash.");
        gallery::restoreFromTrash(inTrash, folder);
        const auto training = readTraining(places, name);
        tell([this, training] {
            if (find(training.plan.name)) return;
            insert(training);
            Q_EMIT listChanged();
            Q_EMIT restored(training.plan.name);
        });
    });
}

void TrainingDesk::rename(const QString& name, const QString& to) {
    auto* found = known(name);
    if (!found || to == name || !obstacleToRename(name, to).isEmpty()) return;
    found->isMoving = true;
    pool_.start([this, training = *found, to, places = places_] {
        try {
            renameTraining(places, training, to);
            const auto next = readTraining(places, to);
            tell([this, training, next] { takeName(training, next); });
        } catch (const diffusion::Error& error) {
            tell([this, training, message = codec::fromUtf8(error.what())] {
                takeBack(training, message);
            });
        }
    });
}

void TrainingDesk::takeName(const Training& before, const Training& now) {
    const auto name = before.plan.name;
    trainings_.removeIf([&](const Training& each) { return each.plan.name == name; });
    insert(now);
    if (results_.remove(places_.result(before.plan))) results_ << places_.result(now.plan);
    Q_EMIT renamed(name, now.plan.name);
    Q_EMIT listChanged();
}

}  // namespace ui
