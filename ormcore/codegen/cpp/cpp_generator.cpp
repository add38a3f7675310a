#include "ormcore/codegen/cpp/cpp_generator.h"

#include "ormcore/base/text.h"
#include "ormcore/codegen/cpp/cpp_names.h"
#include "ormcore/codegen/cpp/cpp_plan.h"
#include "ormcore/model/text_escape.h"

#include <algorithm>
#include <span>

namespace orm::codegen {

namespace {

constexpr std::size_t kClassesPerSource = 100; // a source of a hundred compiles within 15 s and 600 MB
constexpr std::size_t kLineWidth = 120;

std::string commentText(std::string_view text)
{
    std::string line = model::escaped(text);
    return line.ends_with('\\') ? line + "." : line; // a backslash at the end would continue the comment
}

std::string namespaceOf(const model::Model &model, const Options &options)
{
    if (options.namespaceName.empty())
        return snake(model.info().name);
    std::string result;
    std::string_view rest = options.namespaceName;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find("::"), rest.size());
        result += (result.empty() ? "" : "::") + identifier(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return result;
}

std::string listOf(const std::vector<std::string> &texts)
{
    std::string list = "{";
    for (std::size_t i = 0; i < texts.size(); ++i)
        list += (i == 0 ? "" : ", ") + stringLiteral(texts[i]);
    return list + "}";
}

std::string heading(const model::Model &model)
{
    return "// Made by Cormorant from the model \"" + commentText(model.info().name) +
           "\". Changes in this file are lost when it is made again.\n";
}

/// The texts of the files of one model.
class Writer {
public:
    Writer(const model::Model &model, const Options &options)
        : m_model(model),
          m_plans(planClasses(model, options)),
          m_namespace(namespaceOf(model, options)),
          m_file(snake(model.info().name)),
          m_function("map" + upperCamel(model.info().name))
    {
    }

    [[nodiscard]] std::vector<model::TextFile> files() const
    {
        const std::size_t sources =
            std::max<std::size_t>((m_plans.size() + kClassesPerSource - 1) / kClassesPerSource, 1);
        std::vector<model::TextFile> files{{m_file + ".h", header()}};
        if (sources == 1) {
            files.push_back({m_file + ".cpp", source(m_function, m_plans)});
            return files;
        }
        std::string all;
        std::string declarations;
        for (std::size_t i = 0; i < sources; ++i) {
            const std::string function = m_function + std::to_string(i + 1);
            const std::size_t first = i * kClassesPerSource;
            const std::span plans(m_plans.data() + first, std::min(kClassesPerSource, m_plans.size() - first));
            files.push_back({m_file + "_" + std::to_string(i + 1) + ".cpp", source(function, plans)});
            declarations += "void " + function + "(orm::Registry &registry);\n";
            all += "    " + function + "(registry);\n";
        }
        files.push_back({m_file + ".cpp", heading(m_model) + "#include \"" + m_file +
                                              ".h\"\n\n#include \"ormcore/mapping/registry.h\"\n\nnamespace " +
                                              m_namespace + " {\n\n" + declarations + "\nvoid " + m_function +
                                              "(orm::Registry &registry)\n{\n" + all + "}\n\n} // namespace " +
                                              m_namespace + "\n"});
        return files;
    }

private:
    [[nodiscard]] std::string header() const
    {
        std::string text =
            heading(m_model) +
            "#pragma once\n\n#include \"ormcore/mapping/field.h\"\n#include \"ormcore/mapping/ref.h\"\n\n"
            "#include <cstdint>\n#include <optional>\n#include <string>\n\n"
            "namespace orm {\nclass Registry;\n}\n\nnamespace " +
            m_namespace + " {\n\n";
        for (const ClassPlan &plan : m_plans)
            text += "struct " + plan.name + ";\n";
        for (const ClassPlan &plan : m_plans)
            text += "\n" + structOf(plan);
        text += "\n/// Maps all classes above; once, before the registry's first session.\nvoid " + m_function +
                "(orm::Registry &registry);\n";
        return text + leftOut() + "\n} // namespace " + m_namespace + "\n";
    }

    [[nodiscard]] static std::string structOf(const ClassPlan &plan)
    {
        const std::string &comment = plan.entity->comment;
        std::string text = "/// Table \"" + commentText(plan.entity->name) + "\"." +
                           (comment.empty() ? "" : " " + commentText(comment)) + "\nstruct " + plan.name + " {\n";
        for (const MemberPlan &member : plan.members) {
            text += "    " + member.type + " " + member.name + member.initial + ";";
            if (!member.attribute->comment.empty())
                text += " ///< " + commentText(member.attribute->comment);
            text += "\n";
        }
        for (const RelationPlan &relation : plan.relations)
            text += std::string("    orm::") + (relation.many ? "Many" : "One") + "<" + relation.target + "> " +
                    relation.name + ";\n";
        return text + "};\n";
    }

    /// What has no class, said where one would look for it.
    [[nodiscard]] std::string leftOut() const
    {
        std::string text;
        for (const model::EntityPointer &entity : m_model.sortedEntities())
            if (entity->kind != TableKind::Table)
                text += std::string("// Without a class: the ") +
                        (entity->kind == TableKind::View ? "view" : "virtual table") + " \"" +
                        commentText(entity->name) + "\".\n";
        return text.empty() ? text : "\n" + text;
    }

    /// A function a class: compilers take far longer for one long function than for many short ones.
    [[nodiscard]] std::string source(const std::string &function, std::span<const ClassPlan> plans) const
    {
        std::string text = heading(m_model) + "#include \"" + m_file +
                           ".h\"\n\n#include \"ormcore/mapping/registry.h\"\n\nnamespace " + m_namespace + " {\n";
        std::string calls;
        if (!plans.empty())
            text += "\nnamespace {\n";
        for (const ClassPlan &plan : plans) {
            text += "\nvoid add" + plan.name + "(orm::Registry &registry)\n{\n" + mappingOf(plan) + "}\n";
            calls += "    add" + plan.name + "(registry);\n";
        }
        if (!plans.empty())
            text += "\n} // namespace\n";
        return text + "\nvoid " + function + "(orm::Registry &registry);\n\nvoid " + function + "(orm::Registry &" +
               (plans.empty() ? "" : "registry") + ")\n{\n" + calls + "}\n\n} // namespace " + m_namespace + "\n";
    }

    static void appendCall(std::string &text, const std::string &call, const std::vector<std::string> &arguments)
    {
        std::string line = "        ." + call + "(";
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const std::string next = arguments[i] + (i + 1 < arguments.size() ? "," : ")");
            if (line.size() + next.size() + 1 > kLineWidth && !line.ends_with('(')) {
                text += line + "\n";
                line = "            " + next;
            } else {
                line += (line.ends_with('(') || line.ends_with(' ') ? "" : " ") + next;
            }
        }
        text += line + (arguments.empty() ? ")\n" : "\n");
    }

    [[nodiscard]] static std::string mappingOf(const ClassPlan &plan)
    {
        std::string text = "    registry.map<" + plan.name + ">(" + stringLiteral(plan.entity->name) + ")\n";
        for (const MemberPlan &member : plan.members) {
            std::vector<std::string> arguments{stringLiteral(member.attribute->name)};
            arguments.insert(arguments.end(), member.options.begin(), member.options.end());
            appendCall(text, "column<&" + plan.name + "::" + member.name + ">", arguments);
        }
        for (const auto &unique : plan.uniques)
            appendCall(text, "unique", {listOf(unique)});
        for (const ReferencePlan &reference : plan.references) {
            std::vector<std::string> arguments{listOf(reference.columns), stringLiteral(reference.table),
                                               listOf(reference.targets)};
            arguments.insert(arguments.end(), reference.actions.begin(), reference.actions.end());
            appendCall(text, "references", arguments);
        }
        for (const RelationPlan &relation : plan.relations) {
            std::vector<std::string> arguments = relation.options;
            if (!relation.back.empty())
                arguments.push_back("orm::backPopulates<&" + relation.target + "::" + relation.back + ">");
            appendCall(text, (relation.many ? "many<&" : "one<&") + plan.name + "::" + relation.name + ">", arguments);
        }
        text.insert(text.size() - 1, ";");
        return text + extrasOf(*plan.entity);
    }

    /// Indexes and checks, which no member has: so that the classes make the same tables.
    [[nodiscard]] static std::string extrasOf(const model::Entity &entity)
    {
        const std::string table = "    registry.metadata()[" + stringLiteral(entity.name) + "]";
        std::string text;
        for (const model::Check &check : entity.checks)
            text += table + ".checks.push_back({" + stringLiteral(check.name) + ", {" +
                    stringLiteral(check.expression.sql) + "}});\n";
        for (const model::Index &index : entity.indexes) {
            std::string parts;
            for (const model::IndexPart &part : index.parts) {
                const model::Attribute *attribute = entity.find(part.attribute);
                parts += (parts.empty() ? "{" : ", {") + stringLiteral(attribute == nullptr ? "" : attribute->name) +
                         ", {" + stringLiteral(part.expression.sql) + "}, " + (part.descending ? "true" : "false") +
                         ", " + stringLiteral(part.collation) + "}";
            }
            text += table + ".indexes.push_back(\n        {" + stringLiteral(index.name) + ", {" + parts + "}, " +
                    (index.unique ? "true" : "false") + ", {" + stringLiteral(index.where.sql) + "}, " +
                    stringLiteral(index.method) + ", {" + stringLiteral(index.definition.sql) + "}});\n";
        }
        return text;
    }

    const model::Model &m_model;
    std::vector<ClassPlan> m_plans;
    std::string m_namespace;
    std::string m_file;
    std::string m_function;
};

} // namespace

std::vector<model::TextFile> CppGenerator::generate(const model::Model &model, const Options &options) const
{
    return Writer(model, options).files();
}

} // namespace orm::codegen
