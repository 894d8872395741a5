using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>Bytes for the next process, in a file without a name that a keeper holds until they are let go of.</summary>
/// <remarks>Used by one thread at a time.</remarks>
public sealed unsafe class HeldBytes(IKeeper keeper, Legacies legacies) : IDisposable
{
    private readonly Dictionary<string, FdHandle> _held = [];

    /// <summary>Has the keeper hold these under a name. False, and nothing is held, when it cannot now or there is no room.</summary>
    public bool TryHold(string name, ReadOnlySpan<byte> bytes)
    {
        LetGo(name);
        FdHandle file;
        fixed (byte* text = "rtpproxy-bytes\0"u8)
        {
            file = LibC.memfd_create(text, LibC.MFD_CLOEXEC);
        }

        if (file.IsInvalid || !TryWrite(file, bytes) || !keeper.TryHold(Names.ToBytes(name), file.Number))
        {
            file.Dispose();
            return false;
        }

        _held.Add(name, file);
        LetGo(legacies.Take(name)); // of the process before this one: these are held instead
        return true;
    }

    /// <summary>What the process before this one had held under a name, which is let go of; empty when there is nothing.</summary>
    /// <param name="atMost">Bytes that are read.</param>
    public byte[] Take(string name, int atMost)
    {
        if (legacies.Take(name) is not { } descriptors)
        {
            return [];
        }

        byte[] bytes = new byte[atMost];
        nint length;
        fixed (byte* room = bytes)
        {
            length = descriptors is [FdHandle file, ..] ? LibC.pread(file.Number, room, atMost, 0) : 0;
        }

        LetGo(descriptors);
        _ = keeper.TryDrop(Names.ToBytes(name)); // else it is held until the next ones take its name
        return bytes[..(int)Math.Max(0, length)];
    }

    /// <summary>Nobody needs them any more.</summary>
    public void LetGo(string name)
    {
        if (_held.Remove(name, out FdHandle? file))
        {
            _ = keeper.TryDrop(Names.ToBytes(name));
            file.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (FdHandle file in _held.Values)
        {
            file.Dispose();
        }

        _held.Clear();
    }

    private static void LetGo(IReadOnlyList<FdHandle>? descriptors)
    {
        foreach (FdHandle descriptor in descriptors ?? [])
        {
            descriptor.Dispose();
        }
    }

    private static bool TryWrite(FdHandle file, ReadOnlySpan<byte> left)
    {
        while (!left.IsEmpty)
        {
            nint written;
            fixed (byte* bytes = left)
            {
                written = LibC.write(file.Number, bytes, left.Length);
            }

            if (written <= 0)
            {
                return false;
            }

            left = left[(int)written..];
        }

        return true;
    }
}
