#pragma once

// The program as a process, over the fake engine.

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace test_support {

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray errors;
};

class ProgramTest : public testing::Test {
protected:
    void prepare(QProcess& process, const QStringList& arguments,
                 const QStringList& variables = {}) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("ATELIER_ENGINE", ATELIER_BINARY_DIR "/tests/libatelier_fake_engine.so");
        environment.remove("DISPLAY");
        // No other program's models: those of this computer are none of the tests'.
        for (const char* name : {"HF_HOME", "HF_HUB_CACHE", "INVOKEAI_ROOT", "XDG_CACHE_HOME"})
            environment.remove(name);
        environment.insert("HOME", folder.filePath("home"));
        environment.insert("QT_QPA_PLATFORM", "none-such");
        for (const auto& variable : variables)
            environment.insert(variable.section('=', 0, 0), variable.section('=', 1));
        process.setProcessEnvironment(environment);
        process.setProgram(ATELIER_BINARY_DIR "/bin/atelier");
        process.setArguments(arguments);
        process.start();
        ASSERT_TRUE(process.waitForStarted());
    }

    Outcome run(const QStringList& arguments, const QStringList& variables = {}) {
        QProcess process;
        prepare(process, arguments, variables);
        EXPECT_TRUE(process.waitForFinished(60000));
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    /// generate with this data folder.
    Outcome generate(const QStringList& arguments, const QStringList& variables = {}) {
        return run(QStringList{"generate", "red apple", "--data", folder.path()} + arguments,
                   variables);
    }

    /// All files below the folder, hidden ones too.
    QStringList files(const QString& below) {
        QStringList found;
        const QDir dir(folder.filePath(below));
        for (const auto& entry :
             dir.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
            found += entry.isDir() ? files(below + "/" + entry.fileName())
                                   : QStringList(entry.fileName());
        return found;
    }

    QTemporaryDir folder;
};

inline std::vector<nlohmann::json> lines(const QByteArray& text) {
    std::vector<nlohmann::json> documents;
    for (const auto& line : text.split('\n'))
        if (!line.isEmpty()) documents.push_back(nlohmann::json::parse(line.toStdString()));
    return documents;
}

}  // namespace test_support
