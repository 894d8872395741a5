using System.ComponentModel;
using System.Text;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Io.Tests.Keeping;

/// <summary>A keeper in the same process: it holds copies of descriptors, and passes copies of those on.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StandInKeeper : IKeeper, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FdHandle[]> _held = [];

    /// <summary>False: what it is asked meanwhile does not reach it.</summary>
    public bool HasRoom { get; set; } = true;

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _held.Keys];
            }
        }
    }

    public bool TryHold(ReadOnlySpan<byte> name, params ReadOnlySpan<int> descriptors)
    {
        lock (_lock)
        {
            if (HasRoom)
            {
                Let(Encoding.Latin1.GetString(name));
                _held[Encoding.Latin1.GetString(name)] = [.. descriptors.ToArray().Select(Copy)];
            }

            return HasRoom;
        }
    }

    public bool TryDrop(ReadOnlySpan<byte> name)
    {
        lock (_lock)
        {
            if (HasRoom)
            {
                Let(Encoding.Latin1.GetString(name));
            }

            return HasRoom;
        }
    }

    /// <summary>What it holds now, for the next process.</summary>
    public Legacies PassOn()
    {
        var legacies = new Legacies();
        PassOn(legacies, except: []);
        return legacies;
    }

    /// <summary>The same, but for what was passed on before.</summary>
    public void PassOn(Legacies legacies, IReadOnlyCollection<string> except)
    {
        lock (_lock)
        {
            foreach ((string name, FdHandle[] held) in _held.Where(entry => !except.Contains(entry.Key)))
            {
                legacies.Add(new KeptDescriptors(name, [.. held.Select(descriptor => Copy(descriptor.Number))]));
            }
        }
    }

    public void Dispose()
    {
        foreach (string name in Names)
        {
            Let(name);
        }
    }

    private void Let(string name)
    {
        if (_held.Remove(name, out FdHandle[]? held))
        {
            Array.ForEach(held, descriptor => descriptor.Dispose());
        }
    }

    private static FdHandle Copy(int descriptor)
    {
        int copy = LibC.fcntl(descriptor, LibC.F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? FdHandle.Own(copy) : throw new Win32Exception((int)LibC.LastErrno);
    }
}
