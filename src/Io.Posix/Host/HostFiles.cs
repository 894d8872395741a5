using System.Security;

namespace RtpProxy.Io.Posix.Host;

/// <summary>
/// The files in which the system tells about itself, proc(5) and sysfs(5), by their usual paths. A file that is missing, may not
/// be read or is absurdly long is no text: nothing here throws.
/// </summary>
/// <remarks>Thread-safe; reads anew with every call.</remarks>
/// <param name="root">The directory that the paths lie in; another one than <c>/</c> holds files that were collected elsewhere.</param>
public sealed class HostFiles(string root = "/")
{
    private const int MaxCharacters = 1 << 20; // of a file that is read whole
    private const int MaxLines = 1 << 20; // of a table: a line for each socket of a machine
    private const int MaxLineCharacters = 4096;

    /// <summary>Whether this is the machine that we run on.</summary>
    public bool IsThisHost { get; } = root == "/";

    /// <summary>The text of a file without white space around it; null if there is none.</summary>
    /// <param name="path">Absolute.</param>
    public string? Text(string path) => Try(() =>
    {
        using StreamReader reader = Open(path);
        char[] text = new char[4096];
        int length = 0;
        for (int count; (count = reader.Read(text, length, text.Length - length)) > 0;)
        {
            length += count;
            if (length > MaxCharacters)
            {
                return null;
            }

            if (length == text.Length)
            {
                Array.Resize(ref text, 2 * length);
            }
        }

        return new string(text, 0, length).Trim();
    });

    /// <summary>The number that a file holds and nothing else; null if it does not.</summary>
    public long? Number(string path) => HostNumbers.Decimal(Text(path));

    /// <summary>The lines of a table, one after the other; none if there is no such file.</summary>
    public IEnumerable<string> Lines(string path)
    {
        using StreamReader? reader = Try(() => Open(path));
        for (int count = 0; count < MaxLines && reader is not null && Try(() => ReadLine(reader)) is { } line; count++)
        {
            yield return line;
        }
    }

    /// <summary>Names of what is in a directory, in order; none if it cannot be listed.</summary>
    public IReadOnlyList<string> Names(string directory) =>
        Try(() => Directory.EnumerateFileSystemEntries(Place(directory))
            .Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToArray()) ?? [];

    /// <summary>How much there is in a directory; null if it cannot be listed.</summary>
    public int? Count(string directory) =>
        Try(() => new int?[] { Directory.EnumerateFileSystemEntries(Place(directory)).Count() })?[0];

    /// <summary>Where a symbolic link leads, as it is written there; null if it is none.</summary>
    public string? LinkTarget(string path) => Try(() => new FileInfo(Place(path)).LinkTarget);

    private static T? Try<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException)
        {
            return null;
        }
    }

    // A line of these tables is short; what is longer is none of theirs, and is cut into pieces that nobody can read.
    private static string? ReadLine(StreamReader reader)
    {
        Span<char> line = stackalloc char[MaxLineCharacters];
        int length = 0;
        int next = reader.Read();
        if (next < 0)
        {
            return null;
        }

        for (; next >= 0 && next != '\n'; next = reader.Read())
        {
            line[length++] = (char)next;
            if (length == line.Length)
            {
                break;
            }
        }

        return new string(line[..length]);
    }

    private StreamReader Open(string path) =>
        new(new FileStream(Place(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    private string Place(string path) => Path.Combine(root, path.TrimStart('/'));
}
