using RtpProxy.Relay.Operations.Further;

namespace RtpProxy.Relay.Operations;

/// <summary>Takes the figures of a party, before what follows the question is carried out.</summary>
public interface IFiguresReader : IFurtherRoom
{
    /// <summary>False when they cannot be told as they were asked for.</summary>
    bool TryRead(in PartyFigures figures);
}
