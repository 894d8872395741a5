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

    /// <returns>What is wrong, beginning with the key; null if nothing is.</returns>
    public string? ReadAll(UclValue value)
    {
        if (value is not UclSection sections)
        {
            return "modules is no section; expected modules { NAME { } }";
        }

        foreach ((string name, UclValue section) in sections.Members)
        {
            if (Read(name, $"modules.{name}", section) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? Read(string section, string place, UclValue value)
    {
        if (value is not UclSection members)
        {
            return $"{place} is no section; expected {place} {{ }}";
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
                return $"{place}.{Load} is {Show(member)}; expected the name of a module, or of its file";
            }

            file = path.Text;
            place = $"{place}.{Load}";
        }

        if (ModuleName.Find(file, out BuiltInModule module) is { } reason)
        {
            return $"{place} is '{file}', but {reason}; expected {ModuleName.Known}";
        }

        return ReadParameters(module, $"modules.{section}", members);
    }

    private string? ReadParameters(BuiltInModule module, string place, UclSection members)
    {
        HepSection? collector = module == BuiltInModule.AcctRtcpHep ? new() : null;
        foreach ((string key, UclValue member) in members.Members)
        {
            if (key == Load)
            {
                continue;
            }

            if (collector is null || !HepSection.HasKey(key))
            {
                return $"{place}.{key} is unknown; expected {(collector is null ? Load : $"{Load}, {HepSection.Keys}")}";
            }

            if (collector.Take(key, member as UclScalar) is { } expected)
            {
                return $"{place}.{key} is {Show(member)}; expected {expected}";
            }
        }

        HepTarget? target = null;
        if (collector?.Resolve(names, out target) is { } wrong)
        {
            return $"{place}.{wrong}";
        }

        _modules.Add(new(module, target));
        return null;
    }

    private static string Show(UclValue value) => value is UclScalar scalar ? $"'{scalar.Text}'" : "no single value";
}
