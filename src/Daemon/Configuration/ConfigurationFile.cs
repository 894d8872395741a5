using System.Collections.Immutable;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Posix.Files;

namespace RtpProxy.Daemon.Configuration;

/// <summary>The file of <c>--config</c> (control protocol, section 10.4).</summary>
/// <param name="Modules">In the order of the file.</param>
internal sealed record ConfigurationFile(ImmutableArray<ModuleRequest> Modules)
{
    private const string Bail = "init_config_bail: rtpp_cfile_process() failed";

    // It is written by hand and names a few modules. A device or a log given by mistake is not read to its end.
    private const int MaxLength = 1 << 20;

    /// <param name="path">Relative to the current directory.</param>
    /// <param name="names">Resolves the hosts of collectors.</param>
    /// <param name="file">What it says; null exactly when there is a fault.</param>
    public static StartFault? Read(string path, ISystemNames names, out ConfigurationFile? file)
    {
        file = null;
        string? text = ReadText(path, out string reason);
        if (text is null)
        {
            return new($"rtpp_cfile_process: open failed: {path}: {reason}", Bail);
        }

        if (UclReader.Read(text, out string? syntaxFault) is not { } top)
        {
            return new($"rtpproxy: {path}: {syntaxFault}", "rtpp_cfile_process: ucl_parser_get_object() failed", Bail);
        }

        ModuleSectionReader reader = new(names);
        foreach ((string key, UclValue value) in top.Members)
        {
            if (key.Equals("modules", StringComparison.OrdinalIgnoreCase) && reader.ReadAll(value) is { } fault)
            {
                return new([.. fault, "rtpp_cfile_process: parse_modules() failed", Bail]);
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
