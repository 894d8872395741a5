using System.Collections.Immutable;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Net.Hep;

namespace RtpProxy.Daemon.Configuration;

/// <summary>Checks the sections of <c>modules</c> (control protocol, section 10.4).</summary>
/// <remarks>Lives while one file is read; not thread-safe.</remarks>
internal sealed class ModuleSectionReader(ISystemNames names)
{
    private const string Load = "load";

    private readonly ImmutableArray<ModuleRequest>.Builder _modules = ImmutableArray.CreateBuilder<ModuleRequest>();

    /// <summary>What was asked for so far.</summary>
    public ImmutableArray<ModuleRequest> Modules => _modules.ToImmutable();

    /// <returns>The lines that say what is wrong; null if nothing is.</returns>
    public IReadOnlyList<string>? ReadAll(UclValue value)
    {
        if (value is not UclSection sections)
        {
            return ["parse_modules: \"modules\" is no section"];
        }

        foreach ((string name, UclValue section) in sections.Members)
        {
            if (Read(name, section) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private IReadOnlyList<string>? Read(string section, UclValue value)
    {
        string issue = $"parse_modules: Config parsing issue in section {section}";
        if (value is not UclSection members)
        {
            return [issue];
        }

        string file = section;
        foreach ((string key, UclValue member) in members.Members)
        {
            if (key != Load)
            {
                continue;
            }

            if (member is not UclScalar { IsText: true } path)
            {
                return [$"Error: \"load\" parameter in {section} has a wrong type, string is expected", issue];
            }

            file = path.Text;
        }

        if (ModuleName.Find(file, out BuiltInModule module) is { } fault)
        {
            return [$"parse_modules: {fault}"];
        }

        HepSection? collector = module == BuiltInModule.AcctRtcpHep ? new() : null;
        foreach ((string key, UclValue member) in members.Members)
        {
            if (key == Load)
            {
                continue;
            }

            if (collector is null || !HepSection.HasKey(key))
            {
                return [$"rtpp_ucl_set_unknown: Unknown key '{key}' in section '{section}'", issue];
            }

            if (collector.Take(key, member as UclScalar) is { } wrong)
            {
                return [wrong, issue, $"parse_modules: \tparameter {key}"];
            }
        }

        HepTarget? target = null;
        if (collector?.Resolve(names, out target) is { } reason)
        {
            return [$"parse_modules: {reason}"];
        }

        _modules.Add(new(module, target));
        return null;
    }
}
