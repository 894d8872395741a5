using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// What a protocol's reply can hold. Asked on the worker before anything is changed: of a change that cannot be told nobody
/// would know.
/// </summary>
public interface IReplyRoom
{
    /// <summary>Whether a port at this address can be told, and, if operations follow, that the first of them failed.</summary>
    bool HasRoomFor(LocalAddress address, bool isFollowed);

    /// <summary>Whether the result of one more operation can be told, behind the main one and those before it.</summary>
    /// <param name="results">Of the operations that followed so far.</param>
    /// <param name="answered">The address of the port that it would answer with; null if it has nothing to say.</param>
    /// <param name="isLast">None follows it.</param>
    bool HasRoomForNext(IReadOnlyList<FurtherResult> results, LocalAddress? answered, bool isLast);
}
