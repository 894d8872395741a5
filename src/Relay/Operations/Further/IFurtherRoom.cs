using RtpProxy.Relay.Ports;

namespace RtpProxy.Relay.Operations.Further;

/// <summary>Whether a protocol's reply can hold the results of what follows; asked before each is carried out.</summary>
public interface IFurtherRoom
{
    /// <summary>Whether the result of one more operation can be told, behind the main one and those before it.</summary>
    /// <param name="results">Of the operations that followed so far.</param>
    /// <param name="answered">The address of the port that it would answer with; null if it has nothing to say.</param>
    /// <param name="isLast">None follows it.</param>
    bool HasRoomForNext(IReadOnlyList<FurtherResult> results, LocalAddress? answered, bool isLast);
}
