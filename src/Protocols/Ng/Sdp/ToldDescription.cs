using System.Globalization;
using System.Text;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// What a party was told, as far as what it is told next depends on it: who looks only at the version of <c>o=</c> is to see each
/// change, also those that are ours, and names may have to stay (ng protocol; RFC 3264, section 8).
/// </summary>
/// <param name="Session">Hash of who the last description was of: user name and session id in <c>o=</c>.</param>
/// <param name="Body">Hash of all of it but the version.</param>
/// <param name="Version">The highest that the party was told of that session.</param>
/// <param name="UserName">The first one, in <c>o=</c>; null unless it is to stay.</param>
/// <param name="SessionName">The first one, in <c>s=</c>; null unless it is to stay.</param>
public readonly record struct ToldDescription(ulong Session, ulong Body, ulong Version, string? UserName, string? SessionName)
{
    /// <summary>Characters of names that can stay; longer ones change as the peer's do.</summary>
    public const int MaxName = 255;

    private const byte Format = 1;
    private const ulong HashStart = 0xCBF29CE484222325;

    /// <summary>The description as it shall be.</summary>
    /// <param name="body">As it is to be sent, with the peer's version and names.</param>
    /// <param name="replace">What was asked for.</param>
    /// <param name="told">What was told before, null for nothing; then what has been told.</param>
    /// <returns>The same where nothing of it is asked for, or where <c>o=</c> cannot be read.</returns>
    public static string Tell(string body, ReplaceOptions replace, ref ToldDescription? told)
    {
        ArgumentNullException.ThrowIfNull(body);

        // Where nobody ever asked nothing is kept; once somebody has, what goes out unasked counts too.
        if (replace.Remembers || told is not null)
        {
            ToldDescription now = told ?? default;
            body = now.WithNames(body, replace, out now);
            body = now.WithVersion(body, replace, out now);
            told = now;
        }

        return body;
    }

    /// <summary>To be kept.</summary>
    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.Latin1);
        writer.Write(Format);
        writer.Write(Session);
        writer.Write(Body);
        writer.Write(Version);
        Write(writer, UserName);
        Write(writer, SessionName);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <returns>Null where nothing was kept, or something else.</returns>
    public static ToldDescription? Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.Latin1);
            return bytes.Length == 0 || reader.ReadByte() != Format
                ? null
                : new ToldDescription(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), ReadName(reader), ReadName(reader));
        }
        catch (IOException)
        {
            return null; // cut: by another version
        }
    }

    private string WithNames(string body, ReplaceOptions replace, out ToldDescription told)
    {
        told = this;
        SdpLine[] lines = SdpLine.Split(body, new TextSpan(0, body.Length));
        var edits = new SdpEdits(body, "");
        if (replace.UserName && SdpSectionReader.TryReadOrigin(body, lines, out SdpOrigin? origin)
            && origin is { UserPlace: { Length: > 0 and <= MaxName } user })
        {
            told = told with { UserName = told.UserName ?? user.Copy(body) };
            edits.Replace(user, told.UserName);
        }

        int name = Array.FindIndex(lines, line => line.Type is 's' or 'm');
        if (replace.SessionName && name >= 0 && lines[name] is { Type: 's', Line.Length: <= MaxName } session)
        {
            told = told with { SessionName = told.SessionName ?? session.Line.Copy(body) };
            edits.Replace(session.Line, told.SessionName);
        }

        return edits.Apply();
    }

    private string WithVersion(string body, ReplaceOptions replace, out ToldDescription told)
    {
        told = this;
        if (!SdpSectionReader.TryReadOrigin(body, SdpLine.Split(body, new TextSpan(0, body.Length)), out SdpOrigin? origin)
            || origin?.VersionNumber is not { } own)
        {
            return body; // what is no number has no next one
        }

        TextSpan place = origin.VersionPlace;
        ulong rest = Hash(Hash(HashStart, body.AsSpan(0, place.Start)), body.AsSpan(place.End));
        ulong session = Hash(HashStart, origin.Who.In(body));
        if (session != Session || own > Version)
        {
            told = this with { Session = session, Body = rest, Version = own };
            return body;
        }

        bool isNew = replace.SdpVersion && (replace.AlwaysVersion || rest != Body) && Version < ulong.MaxValue;
        told = this with { Body = rest, Version = Version + (isNew ? 1UL : 0) };
        return !replace.SdpVersion || told.Version == own ? body
            : string.Concat(body.AsSpan(0, place.Start), told.Version.ToString(CultureInfo.InvariantCulture), body.AsSpan(place.End));
    }

    private static void Write(BinaryWriter writer, string? name)
    {
        writer.Write(name is not null);
        writer.Write(name ?? "");
    }

    private static string? ReadName(BinaryReader reader)
    {
        bool isKept = reader.ReadBoolean();
        string name = reader.ReadString();
        return isKept ? name : null;
    }

    // FNV-1a (64 bits): the same in every process. Who makes two of its descriptions collide deceives nobody but itself.
    private static ulong Hash(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        return hash;
    }
}
