using System.Collections.Immutable;
using RtpProxy.Daemon.Options;
using RtpProxy.Relay;

namespace RtpProxy.Daemon.Configuration;

/// <summary>A file of <c>--config</c> in the original's form (control protocol, section 10.4).</summary>
/// <param name="Modules">In the order of the file.</param>
internal sealed record ConfigurationFile(ImmutableArray<ModuleRequest> Modules)
{
    /// <summary>Adds the modules of the file that the options name, if they name one.</summary>
    /// <param name="warnings">What is ignored and was hardly meant to be is added to them: sentences.</param>
    public static StartFault? AddModules(
        Settings settings, ConfigurationTexts texts, ISystemNames names, List<string> warnings, ref DaemonOptions options)
    {
        StartFault? fault = null;
        if (settings.Find("config", path => !TomlFile.IsNamed(path)) is { } setting)
        {
            fault = Read(setting, texts, names, warnings, out ConfigurationFile? file);
            options = options with { Modules = [.. options.Modules, .. file?.Modules ?? []] };
        }

        int catchers = options.Modules.Count(module => module.Module == BuiltInModule.CatchDtmf);
        return fault is null && catchers > RelayOptions.MaxDigitCatchers
            ? StartFault.Of($"catch_dtmf is loaded {catchers} times; expected at most {RelayOptions.MaxDigitCatchers}")
            : fault;
    }

    /// <param name="setting">Names the file, relative to the current directory.</param>
    /// <param name="texts">Has it.</param>
    /// <param name="names">Resolves the hosts of collectors.</param>
    /// <param name="warnings">As in <see cref="AddModules"/>.</param>
    /// <param name="file">What it says; null exactly when there is a fault.</param>
    public static StartFault? Read(
        Setting setting, ConfigurationTexts texts, ISystemNames names, List<string> warnings, out ConfigurationFile? file)
    {
        file = null;
        string path = setting.Argument ?? "";
        string? text = texts.Read(path, out string reason);
        if (text is null)
        {
            return StartFault.Of(setting.Refuse(new("a file with modules in the original's form", reason)));
        }

        if (UclReader.Read(text, out string? syntaxFault) is not { } top)
        {
            return StartFault.Of($"{path}: {syntaxFault}");
        }

        ModuleSectionReader reader = new(names);
        foreach ((string key, UclValue value) in top.Members)
        {
            if (key.Equals("modules", StringComparison.OrdinalIgnoreCase) && reader.ReadAll(value) is { } fault)
            {
                return StartFault.Of($"{path}: {fault}");
            }

            if (OptionTable.Find(key) is { IsKey: true })
            {
                warnings.Add($"{path}: {key} is an option, and no key of the original's form; expected it in a file whose name ends in .toml");
            }
        }

        file = new(reader.Modules);
        return null;
    }
}
