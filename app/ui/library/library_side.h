#pragma once

// The left of the library: its places, collections, saved searches and folders.

#include "app/ui/library/library_desk.h"

#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace ui {

class SideRow;

class LibrarySide : public QWidget {
    Q_OBJECT

public:
    explicit LibrarySide(LibraryDesk& desk);

    /// In their order from top to bottom.
    QList<SideRow*> rows() const;

Q_SIGNALS:
    void collectionAsked();
    void searchAsked();
    void folderAsked();
    void rescanAsked();
    /// What is selected goes there.
    void droppedInto(qint64 collection);

private:
    struct Entry {
        SideRow* row;
        std::function<bool(const gallery::PictureFilter&)> isShown;
        std::function<int(const gallery::Counts&)> count;
    };

    void build();
    void addHead(const QString& title, const QString& buttonName, void (LibrarySide::*asked)(),
                 const QString& icon);
    SideRow* addPlace(const QString& icon, const QString& name, gallery::Place place,
                      int gallery::Counts::*count);
    void addCollections();
    void addSearches();
    void addFolders();
    void addFolder(const QString& folder, int indent);
    SideRow* add(Entry entry, const gallery::PictureFilter& filter);
    /// Rename and remove.
    void offer(SideRow* row, const QString& removal, const std::function<void(QString)>& rename,
               const std::function<void()>& remove);
    void showFilter();
    void showCounts();

    LibraryDesk& desk_;
    QWidget* content_;
    QVBoxLayout* lines_;
    QList<Entry> entries_;
};

}  // namespace ui
