#include "app/gallery/picture_filter.h"

#include "app/codec/text.h"
#include "app/gallery/gallery_schema_impl.h"
#include "app/gallery/prompt_grams.h"

#include <nlohmann/json.hpp>

#include <QDateTime>

namespace gallery {
namespace {

using Json = nlohmann::ordered_json;

Json toJson(const QStringList& texts) {
    auto list = Json::array();
    for (const auto& text : texts) list.push_back(codec::toUtf8(text));
    return list;
}

QString textIn(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? codec::fromUtf8(found->get<std::string>())
                                                      : QString();
}

int numberIn(const Json& json, const char* key, int low, int high) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer()) return 0;
    const auto number = found->get<std::int64_t>();
    return number < low || number > high ? 0 : int(number);
}

QStringList textsIn(const Json& json, const char* key) {
    QStringList texts;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array()) return texts;
    for (const auto& entry : *found)
        if (entry.is_string()) texts += codec::fromUtf8(entry.get<std::string>());
    return texts;
}

QList<int> numbersIn(const Json& json, const char* key, int low, int high) {
    QList<int> numbers;
    const auto found = json.find(key);
    if (found == json.end() || !found->is_array()) return numbers;
    for (const auto& entry : *found)
        if (entry.is_number_integer() && entry.get<std::int64_t>() >= low &&
            entry.get<std::int64_t>() <= high)
            numbers += entry.get<int>();
    return numbers;
}

QSize sizeOf(const QString& text) {
    const auto parts = text.split(QLatin1Char('x'));
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}

/// Collects conditions that have to hold together.
class Conditions {
public:
    void add(const QString& text, const QVariantList& values = {}) {
        texts_ += text;
        values_ += values;
    }

    /// column IN (numbers); nothing for none.
    void addNumbers(const QString& column, const QList<int>& numbers) {
        if (numbers.isEmpty()) return;
        QStringList texts;
        for (const int number : numbers) texts += QString::number(number);
        add(QStringLiteral("%1 IN (%2)").arg(column, texts.join(QLatin1Char(','))));
    }

    void addWords(const QString& pattern, WordKind kind, const QStringList& texts) {
        if (texts.isEmpty()) return;
        const QStringList marks(texts.size(), QStringLiteral("?"));
        QVariantList values;
        for (const auto& text : texts) values += text;
        add(pattern.arg(QStringLiteral("SELECT id FROM words WHERE kind = %1 AND text IN (%2)")
                            .arg(int(kind))
                            .arg(marks.join(QLatin1Char(',')))),
            values);
    }

    Condition joined() const { return {texts_.join(QStringLiteral(" AND ")), values_}; }

private:
    QStringList texts_;
    QVariantList values_;
};

void addPlace(Conditions& all, const PictureFilter& filter) {
    all.add(filter.place == Place::trash ? QStringLiteral("trashed = 1")
                                         : QStringLiteral("trashed = 0"));
    switch (filter.place) {
        case Place::lastImport:
            all.add(QStringLiteral("import > 0 AND import = (SELECT max(import) FROM library)"));
            break;
        case Place::picks:
            all.add(QStringLiteral("pick = 1"));
            break;
        case Place::collection:
            all.add(QStringLiteral(
                        "id IN (SELECT id FROM collection_pictures WHERE collection = ?)"),
                    {filter.collection});
            break;
        case Place::folder:
            all.add(QStringLiteral("folder IN (SELECT id FROM words WHERE kind = %1 AND "
                                   "(text = ? OR substr(text, 1, ?) = ?))")
                        .arg(int(WordKind::folder)),
                    {filter.folder, filter.folder.size() + 1, filter.folder + QLatin1Char('/')});
            break;
        case Place::all:
        case Place::trash:
            break;
    }
}

void addShape(Conditions& all, const PictureFilter& filter) {
    QStringList sizes;
    for (const auto& size : filter.sizes)
        sizes += QStringLiteral("(width = %1 AND height = %2)").arg(size.width()).arg(size.height());
    if (!sizes.isEmpty())
        all.add(QLatin1Char('(') + sizes.join(QStringLiteral(" OR ")) + QLatin1Char(')'));
    if (filter.shape == Shape::square) all.add(QStringLiteral("width = height"));
    if (filter.shape == Shape::portrait) all.add(QStringLiteral("width < height"));
    if (filter.shape == Shape::landscape) all.add(QStringLiteral("width > height"));
}

}  // namespace

bool PictureFilter::asksMarks() const {
    return leastStars > 0 || !picks.isEmpty() || !labels.isEmpty() || place == Place::picks ||
           order == Order::best;
}

int PictureFilter::conditionCount() const {
    int count = int(!words.trimmed().isEmpty()) + int(!models.isEmpty()) + int(!loras.isEmpty());
    count += int(!samplers.isEmpty()) + int(!sizes.isEmpty()) + int(shape != Shape::any);
    count += int(from.isValid() || to.isValid()) + int(leastStars > 0) + int(!picks.isEmpty());
    return count + int(!labels.isEmpty());
}

PictureFilter PictureFilter::withoutConditions() const {
    PictureFilter plain;
    plain.place = place;
    plain.collection = collection;
    plain.folder = folder;
    plain.order = order;
    return plain;
}

QString toText(const PictureFilter& filter) {
    Json json;
    json["place"] = int(filter.place);
    json["collection"] = filter.collection;
    json["folder"] = codec::toUtf8(filter.folder);
    json["words"] = codec::toUtf8(filter.words);
    json["models"] = toJson(filter.models);
    json["loras"] = toJson(filter.loras);
    json["samplers"] = toJson(filter.samplers);
    QStringList sizes;
    for (const auto& size : filter.sizes)
        sizes += QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
    json["sizes"] = toJson(sizes);
    json["shape"] = int(filter.shape);
    json["from"] = codec::toUtf8(filter.from.toString(Qt::ISODate));
    json["to"] = codec::toUtf8(filter.to.toString(Qt::ISODate));
    json["stars"] = filter.leastStars;
    json["picks"] = std::vector<int>(filter.picks.begin(), filter.picks.end());
    json["labels"] = std::vector<int>(filter.labels.begin(), filter.labels.end());
    json["order"] = int(filter.order);
    return codec::fromUtf8(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

PictureFilter filterFromText(const QString& text) {
    const auto json = Json::parse(codec::toUtf8(text), nullptr, false);
    PictureFilter filter;
    if (!json.is_object()) return filter;
    filter.place = Place(numberIn(json, "place", 0, int(Place::folder)));
    if (const auto id = json.find("collection"); id != json.end() && id->is_number_integer())
        filter.collection = id->get<qint64>();
    filter.folder = textIn(json, "folder");
    filter.words = textIn(json, "words");
    filter.models = textsIn(json, "models");
    filter.loras = textsIn(json, "loras");
    filter.samplers = textsIn(json, "samplers");
    for (const auto& size : textsIn(json, "sizes"))
        if (!sizeOf(size).isEmpty()) filter.sizes += sizeOf(size);
    filter.shape = Shape(numberIn(json, "shape", 0, int(Shape::landscape)));
    filter.from = QDate::fromString(textIn(json, "from"), Qt::ISODate);
    filter.to = QDate::fromString(textIn(json, "to"), Qt::ISODate);
    filter.leastStars = numberIn(json, "stars", 0, 5);
    filter.picks = numbersIn(json, "picks", -1, 1);
    filter.labels = numbersIn(json, "labels", 0, 4);
    filter.order = Order(numberIn(json, "order", 0, int(Order::best)));
    return filter;
}

Condition conditionOf(const PictureFilter& filter) {
    Conditions all;
    addPlace(all, filter);
    if (const auto query = gramQuery(filter.words); !query.isEmpty())
        all.add(QStringLiteral("id IN (SELECT rowid FROM prompt_grams WHERE prompt_grams MATCH ?)"),
                {query});
    all.addWords(QStringLiteral("model IN (%1)"), WordKind::model, filter.models);
    all.addWords(QStringLiteral("sampler IN (%1)"), WordKind::sampler, filter.samplers);
    all.addWords(QStringLiteral("id IN (SELECT id FROM picture_loras WHERE lora IN (%1))"),
                 WordKind::lora, filter.loras);
    addShape(all, filter);
    if (filter.from.isValid())
        all.add(QStringLiteral("created >= ?"), {filter.from.startOfDay().toMSecsSinceEpoch()});
    if (filter.to.isValid())
        all.add(QStringLiteral("created < ?"),
                {filter.to.addDays(1).startOfDay().toMSecsSinceEpoch()});
    if (filter.leastStars > 0) all.add(QStringLiteral("rating >= ?"), {filter.leastStars});
    all.addNumbers(QStringLiteral("pick"), filter.picks);
    all.addNumbers(QStringLiteral("label"), filter.labels);
    return all.joined();
}

QString orderOf(const PictureFilter& filter) {
    switch (filter.order) {
        case Order::oldest:
            return QStringLiteral("created, id");
        case Order::best:
            return QStringLiteral("rating DESC, created DESC, id DESC");
        case Order::newest:
            break;
    }
    return QStringLiteral("created DESC, id DESC");
}

}  // namespace gallery
