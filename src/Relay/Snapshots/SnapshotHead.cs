using System.Buffers.Binary;

namespace RtpProxy.Relay.Snapshots;

/// <summary>How every snapshot begins: what it is of, its version, and when it was taken.</summary>
internal static class SnapshotHead
{
    private const int Length = 2 + sizeof(long);

    public static void Write(ref SnapshotPass pass, byte kind, byte version, Instant at)
    {
        Span<byte> head = stackalloc byte[Length];
        head[0] = kind;
        head[1] = version;
        BinaryPrimitives.WriteInt64LittleEndian(head[2..], at.Nanoseconds);
        pass.Octets(head);
    }

    /// <summary>Takes it off.</summary>
    /// <param name="versions">That can be read.</param>
    /// <param name="version">Of which it is.</param>
    public static SnapshotFault TryRead(
        ref ReadOnlySpan<byte> source, byte kind, SnapshotVersions versions, out byte version, out Instant at)
    {
        at = default;
        version = 0;
        if (source.Length < Length)
        {
            return SnapshotFault.Cut;
        }

        version = source[1];
        if (source[0] != kind || !versions.Has(version))
        {
            return SnapshotFault.OtherVersion;
        }

        at = new Instant(BinaryPrimitives.ReadInt64LittleEndian(source[2..]));
        source = source[Length..];
        return SnapshotFault.None;
    }
}
