using System.Text;

namespace RtpProxy.Ctl.Nodes;

/// <summary>Where admin sockets are.</summary>
internal static class AdminPath
{
    /// <summary>Names admin sockets where no option does, several with colons between them.</summary>
    public const string Variable = "RTPPROXY_ADMIN";

    private const int MaxLength = 107; // sun_path of unix(7) has 108 bytes, the last one a NUL.
    private const string Scheme = "unix:";
    private static readonly string[] OtherSchemes = ["udp:", "udp6:", "tcp:", "tcp6:"];

    private const string Extension = ".sock";

    /// <summary>Reads <c>unix:PATH</c>, or a path alone.</summary>
    /// <param name="error">What was expected; null with a path.</param>
    public static string? Parse(string text, out string? error)
    {
        string path = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..] : text;
        error = path.Length is 0 || OtherSchemes.Any(other => path.StartsWith(other, StringComparison.Ordinal)) || path.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(path) > MaxLength
            ? $"'{text}' is no admin socket; expected unix:PATH, of at most {MaxLength} bytes"
            : null;
        return error is null ? path : null;
    }

    /// <summary>
    /// Where the admin socket of a daemon may be by custom: beside its control socket <c>NAME.sock</c> it is <c>NAME.admin.sock</c>,
    /// beside another <c>NAME</c> it is <c>NAME.admin</c>; in a directory that has the control socket's name, and so belongs to the
    /// daemon alone, it may also be <c>admin.sock</c>.
    /// </summary>
    public static IEnumerable<string> Beside(string controlPath)
    {
        bool isSock = controlPath.EndsWith(Extension, StringComparison.Ordinal);
        string name = isSock ? controlPath[..^Extension.Length] : controlPath;
        yield return $"{name}.admin{(isSock ? Extension : "")}";
        if (Path.GetDirectoryName(name) is { Length: > 0 } directory && Path.GetFileName(directory) == Path.GetFileName(name))
        {
            yield return Path.Combine(directory, $"admin{Extension}");
        }
    }

    /// <summary>That which is there; where this user is not told of any, the last one that may be.</summary>
    public static string? FindBeside(string controlPath) =>
        Beside(controlPath).FirstOrDefault(File.Exists) ?? Beside(controlPath).LastOrDefault(MayExist);

    /// <summary>A file that is there, or that this user is not told of: asking then says whose it is.</summary>
    public static bool MayExist(string path)
    {
        if (File.Exists(path))
        {
            return true;
        }

        try
        {
            _ = Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path) ?? "/").Any();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Those that the environment names; the first that is none is told in <paramref name="error"/>.</summary>
    public static IReadOnlyList<string> FromEnvironment(out string? error)
    {
        error = null;
        List<string> paths = [];
        string value = Environment.GetEnvironmentVariable(Variable) ?? "";
        foreach (string text in value.Replace(Scheme, "", StringComparison.Ordinal).Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(text, out error) is not { } path)
            {
                error = $"{Variable}: {error}";
                return [];
            }

            paths.Add(path);
        }

        return paths;
    }
}
