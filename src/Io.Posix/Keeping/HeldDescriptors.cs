using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Keeping;

/// <summary>What a keeper holds, by name.</summary>
/// <remarks>Owned by one thread, and owns the descriptors.</remarks>
internal sealed class HeldDescriptors : IDisposable
{
    private readonly Dictionary<string, FdHandle[]> _held = new(StringComparer.Ordinal);

    public int Count => _held.Count;

    /// <summary>Names and numbers.</summary>
    public IEnumerable<(string Name, int[] Descriptors)> All => _held.Select(item => (item.Key, Numbers(item.Value)));

    /// <summary>Null: there is nothing under the name.</summary>
    public int[]? Find(string name) => _held.TryGetValue(name, out FdHandle[]? descriptors) ? Numbers(descriptors) : null;

    /// <summary>Holds these instead of what was held under the name; they are its own now.</summary>
    public void Hold(string name, FdHandle[] descriptors)
    {
        Drop(name);
        _held.Add(name, descriptors);
    }

    public void Drop(string name)
    {
        if (_held.Remove(name, out FdHandle[]? descriptors))
        {
            Array.ForEach(descriptors, descriptor => descriptor.Dispose());
        }
    }

    public void Dispose()
    {
        foreach (string name in _held.Keys.ToArray())
        {
            Drop(name);
        }
    }

    private static int[] Numbers(FdHandle[] descriptors) => Array.ConvertAll(descriptors, descriptor => descriptor.Number);
}
