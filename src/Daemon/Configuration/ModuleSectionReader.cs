using System.Collections.Immutable;
using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Configuration;

/// <summary>Checks the sections of <c>modules</c> (control protocol, section 10.4).</summary>
/// <remarks>Lives while one file is read; not thread-safe.</remarks>
internal sealed class ModuleSectionReader(ISystemNames names)
{
    private const string LibraryDirectory = "/usr/lib/rtpproxy";
    private const string HepSection = "acct_rtcp_hep";

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

        string path = $"{LibraryDirectory}/rtpp_{section}.so";
        foreach ((string key, UclValue member) in members.Members)
        {
            UclScalar? scalar = member as UclScalar;
            if (key == "load")
            {
                if (scalar is not { IsText: true })
                {
                    return [$"Error: \"load\" parameter in {section} has a wrong type, string is expected", issue];
                }

                path = scalar.Text;
            }
            else if (section != HepSection || !IsHepKey(key))
            {
                return [$"rtpp_ucl_set_unknown: Unknown key '{key}' in section '{section}'", issue];
            }
            else if (FindHepFault(key, scalar) is { } what)
            {
                string shown = scalar?.Text ?? "(not a single value)";
                return
                [
                    $"error in config file; invalid value for {what} in section '{key}': {shown}",
                    issue,
                    $"parse_modules: \tparameter {key}",
                ];
            }
        }

        if (names.FindFile(path, out string reason) is not { } resolved)
        {
            return [$"parse_modules: realpath() failed: {path}: {reason}"];
        }

        _modules.Add(new(section, resolved));
        return null;
    }

    private static bool IsHepKey(string key) => key is "capt_host" or "capt_port" or "capt_ptype" or "capt_id";

    /// <returns>The name that the message gives to the bad value; null for a good one.</returns>
    private static string? FindHepFault(string key, UclScalar? value)
    {
        return key switch
        {
            "capt_host" => value is null ? "host" : null,
            "capt_port" => value?.AsInteger(1, 65_535) is null ? "port" : null,
            "capt_id" => value?.AsInteger(0, uint.MaxValue) is null ? "capt_id" : null,
            _ => value?.Text.ToUpperInvariant() is "UDP" or "TCP" ? null : "ptype",
        };
    }
}
