namespace RtpProxy.MakeAnn.Input;

/// <summary>What a file claims to be, by its first bytes or else by the ending of its name.</summary>
/// <param name="Kind">The kind of file, for people.</param>
/// <param name="IsByContent">The first bytes say so; else only the name does.</param>
internal sealed record FileClaim(string Kind, bool IsByContent)
{
    /// <summary>Bytes that are enough to know every kind; a shorter file may be given whole.</summary>
    public const int BytesNeeded = 16_384;

    /// <summary>Null for a file that claims nothing, which is raw audio.</summary>
    /// <param name="start">The first <see cref="BytesNeeded"/> bytes.</param>
    /// <param name="path">Name of the file.</param>
    public static FileClaim? Of(ReadOnlySpan<byte> start, string path)
    {
        if (FileMagic.KindOf(start) is { } magic)
        {
            return new FileClaim(magic, IsByContent: true);
        }

        string ending = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return FileEndings.KindOf(ending) is { } kind ? new FileClaim(kind, IsByContent: false) : null;
    }

    /// <summary>What to say of a file that is not what it claims to be.</summary>
    /// <param name="reason">Why it cannot be read as that.</param>
    public string Refusal(string reason) => IsByContent
        ? $"it begins as a {Kind} file but cannot be read as one: {reason}"
        : $"its name says {Kind}, its content does not; raw audio needs another name, such as .raw or .sln";
}
