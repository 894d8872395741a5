using System.Buffers.Binary;
using System.Globalization;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// What a party was told last, as far as the version of what it is told next depends on it: who looks only at the version of
/// <c>o=</c> is to see each change, also those that are ours (ng protocol, section 5.2; RFC 3264, section 8).
/// </summary>
/// <param name="Session">Hash of who the description was of: user name and session id in <c>o=</c>.</param>
/// <param name="Body">Hash of all but the version.</param>
/// <param name="Version">The highest that the party was told of that session.</param>
public readonly record struct ToldDescription(ulong Session, ulong Body, ulong Version)
{
    private const byte Format = 1;
    private const int Length = 1 + (3 * sizeof(ulong));
    private const ulong HashStart = 0xCBF29CE484222325;

    /// <summary>The description with the version that it shall have.</summary>
    /// <param name="body">As it is to be sent, with the peer's version.</param>
    /// <param name="always">It is a new one though nothing has changed (<c>force-increment-sdp-ver</c>).</param>
    /// <param name="told">What was told last, null for nothing; then what is told now.</param>
    /// <param name="rises">False to leave the peer's version.</param>
    public static string Tell(string body, bool rises, bool always, ref ToldDescription? told)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (!SdpSectionReader.TryReadOrigin(body, SdpLine.Split(body, new TextSpan(0, body.Length)), out SdpOrigin? origin)
            || origin?.VersionNumber is not { } own)
        {
            return body; // what is no number has no next one
        }

        TextSpan place = origin.VersionPlace;
        ulong rest = Hash(Hash(HashStart, body.AsSpan(0, place.Start)), body.AsSpan(place.End));
        ulong session = Hash(HashStart, origin.Who.In(body));
        ulong version = own;
        if (told is { } last && last.Session == session && own <= last.Version)
        {
            bool isNew = rises && (always || last.Body != rest) && last.Version < ulong.MaxValue;
            version = rises ? last.Version + (isNew ? 1UL : 0) : own;
            told = new ToldDescription(session, rest, Math.Max(version, last.Version));
        }
        else
        {
            told = new ToldDescription(session, rest, own);
        }

        return version == own ? body
            : string.Concat(body.AsSpan(0, place.Start), version.ToString(CultureInfo.InvariantCulture), body.AsSpan(place.End));
    }

    /// <summary>To be kept.</summary>
    public byte[] Write()
    {
        byte[] bytes = new byte[Length];
        bytes[0] = Format;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), Session);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1 + sizeof(ulong)), Body);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1 + (2 * sizeof(ulong))), Version);
        return bytes;
    }

    /// <returns>Null where nothing was kept, or something else.</returns>
    public static ToldDescription? Read(ReadOnlySpan<byte> bytes) => bytes.Length != Length || bytes[0] != Format
        ? null
        : new ToldDescription(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[(1 + sizeof(ulong))..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[(1 + (2 * sizeof(ulong)))..]));

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
