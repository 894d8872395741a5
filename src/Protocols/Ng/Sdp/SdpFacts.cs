using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// What a session description says, as far as a relay acts on it, and where it says so. Immutable.
/// </summary>
/// <remarks>
/// Text is Latin-1, one character for each byte, so that bytes that mean nothing here survive.
/// </remarks>
public sealed class SdpFacts
{
    /// <summary>Media lines that are read; a description with more is refused.</summary>
    public const int MaxMedia = 32;

    /// <summary>Bytes that are read; a longer description is refused.</summary>
    public const int MaxLength = 48 * 1024;

    /// <summary>Characters of an <c>m=</c> line: twice of what all payload types need.</summary>
    public const int MaxMediaLine = 1024;

    /// <summary>Characters of <c>a=mid</c>, <c>a=label</c> and the name of a codec.</summary>
    public const int MaxName = 255;

    internal SdpFacts(
        string text,
        string lineEnd,
        SdpOrigin? origin,
        MediaDirection? direction,
        SdpSection session,
        ImmutableArray<SdpMediaFacts> media)
    {
        Text = text;
        LineEnd = lineEnd;
        Origin = origin;
        Direction = direction;
        Session = session;
        Media = media;
    }

    /// <summary>The description as it was sent; a line end that was missing at its end is there.</summary>
    public string Text { get; }

    /// <summary>Null when the line is missing.</summary>
    public SdpOrigin? Origin { get; }

    /// <summary>The direction given for the whole session.</summary>
    public MediaDirection? Direction { get; }

    /// <summary>At least one.</summary>
    public ImmutableArray<SdpMediaFacts> Media { get; }

    /// <summary>CR LF, or LF when the first line ends so: what an added line ends in.</summary>
    internal string LineEnd { get; }

    internal SdpSection Session { get; }

    /// <param name="body">The description.</param>
    /// <param name="facts">What it says, when true is returned.</param>
    /// <param name="error">When false is returned: one of <see cref="SdpErrors"/>; else empty.</param>
    public static bool TryRead(string body, [NotNullWhen(true)] out SdpFacts? facts, out string error)
    {
        ArgumentNullException.ThrowIfNull(body);
        return SdpFactsReader.TryRead(body, out facts, out error);
    }

    /// <summary>The same, as if the party offered no media of some types: their lines stay, with port 0 (RFC 3264, section 6).</summary>
    /// <param name="types">In lower case.</param>
    public SdpFacts Refusing(ImmutableArray<string> types)
    {
        var edits = new SdpEdits(this);
        foreach (SdpMediaFacts media in Media.Where(media => types.Contains(media.Type, StringComparer.OrdinalIgnoreCase)))
        {
            edits.Replace(media.Line.Port, "0");
        }

        return TryRead(edits.Apply(), out SdpFacts? changed, out _) ? changed : this;
    }

    /// <summary>True when the session carries the mark of the process with this id: its media comes from us already.</summary>
    public bool HasLoopMark(string id)
    {
        foreach (SdpAttribute attribute in Session.Attributes)
        {
            if (attribute.Is(Text, LoopMarkName) && attribute.Value is { } value && value.In(Text).SequenceEqual(id))
            {
                return true;
            }
        }

        return false;
    }

    internal const string LoopMarkName = "rtpengine";
}
