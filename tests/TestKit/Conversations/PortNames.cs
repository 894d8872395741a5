namespace RtpProxy.TestKit.Conversations;

/// <summary>The ports that a conversation has named so far. Owned by one run of it.</summary>
/// <param name="range">The range that the daemon was really started with.</param>
public sealed class PortNames(PortRange range)
{
    private readonly Dictionary<string, ushort> _ports = new(StringComparer.Ordinal);

    public PortRange Range => range;

    /// <summary>The port that a reply gave to a name.</summary>
    public ushort this[string name] => _ports[name];

    public bool TryGet(string name, out ushort port) => _ports.TryGetValue(name, out port);

    internal void Set(string name, ushort port) => _ports[name] = port;
}
