using System.Collections.Immutable;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Posix.Files;

namespace RtpProxy.Daemon.Configuration;

/// <summary>A file of <c>--config</c> in the original's form (control protocol, section 10.4).</summary>
/// <param name="Modules">In the order of the file.</param>
internal sealed record ConfigurationFile(ImmutableArray<ModuleRequest> Modules)
{
    // It is written by hand and names a few modules. A device or a log given by mistake is not read to its end.
    private const int MaxLength = 1 << 20;

    /// <param name="setting">Names the file, relative to the current directory.</param>
    /// <param name="names">Resolves the hosts of collectors.</param>
    /// <param name="file">What it says; null exactly when there is a fault.</param>
    public static StartFault? Read(Setting setting, ISystemNames names, out ConfigurationFile? file)
    {
        file = null;
        string path = setting.Argument ?? "";
        string? text = ReadText(path, out string reason);
        if (text is null)
        {
            return StartFault.Of(setting.Refuse(new("a configuration file", $"the system says: {reason}")));
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
        }

        file = new(reader.Modules);
        return null;
    }

    private static string? ReadText(string path, out string reason)
    {
        if (NamedPipe.Exists(path))
        {
            reason = "not an ordinary file";
            return null;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            using StreamReader reader = new(stream);
            char[] buffer = new char[MaxLength];
            int length = reader.ReadBlock(buffer);
            reason = length == MaxLength ? "File too large" : "";
            return length == MaxLength ? null : new string(buffer, 0, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reason = e switch
            {
                FileNotFoundException or DirectoryNotFoundException or ArgumentException => "No such file or directory",
                UnauthorizedAccessException when Directory.Exists(path) => "Is a directory",
                UnauthorizedAccessException => "Permission denied",
                _ => e.Message,
            };
            return null;
        }
    }
}
