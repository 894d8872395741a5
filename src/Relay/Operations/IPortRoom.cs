using RtpProxy.Relay.Ports;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// Whether a protocol's reply can hold a port. Asked on the worker before anything is changed: of a change that cannot be told
/// nobody would know.
/// </summary>
public interface IPortRoom
{
    /// <summary>Whether a port at this address can be told, and, if operations follow, that the first of them failed.</summary>
    bool HasRoomFor(LocalAddress address, bool isFollowed);
}
