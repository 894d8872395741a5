using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>
/// All that the keeper has passed on and nobody has taken yet, by name. What is never taken is closed with it, and let go of.
/// </summary>
/// <remarks>Thread-safe: the connection to the keeper adds and removes, whoever opens sockets takes.</remarks>
public sealed class Legacies : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptDescriptors> _kept = new(StringComparer.Ordinal);

    /// <summary>The names of those that are left.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _kept.Keys];
            }
        }
    }

    /// <summary>How many are left.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    /// <summary>Closes those whose names begin with <paramref name="prefix"/>, and has the keeper let go of them.</summary>
    /// <returns>False when the keeper does not take all of it now: to be called again.</returns>
    public bool TryLetGo(string prefix, IKeeper keeper)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        foreach (string name in Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (!keeper.TryDrop(Keeping.Names.ToBytes(name)))
            {
                return false;
            }

            Remove(name);
        }

        return true;
    }

    /// <summary>Takes what is there under a name; the caller owns it now. Null when there is nothing.</summary>
    internal IReadOnlyList<FdHandle>? Take(string name)
    {
        lock (_lock)
        {
            return _kept.Remove(name, out KeptDescriptors? kept) ? kept.Descriptors : null;
        }
    }

    /// <summary>Passed on by the keeper; what was there under the same name is closed.</summary>
    internal void Add(KeptDescriptors kept)
    {
        lock (_lock)
        {
            if (_kept.Remove(kept.Name, out KeptDescriptors? before))
            {
                before.Dispose();
            }

            _kept.Add(kept.Name, kept);
        }
    }

    /// <summary>Gone since it was passed on.</summary>
    internal void Remove(string name)
    {
        lock (_lock)
        {
            if (_kept.Remove(name, out KeptDescriptors? kept))
            {
                kept.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (KeptDescriptors kept in _kept.Values)
            {
                kept.Dispose();
            }

            _kept.Clear();
        }
    }
}
