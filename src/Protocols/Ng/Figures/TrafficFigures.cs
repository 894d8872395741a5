namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>Packets one way.</summary>
/// <param name="Bytes">Of UDP payload: RTP headers are in it.</param>
/// <param name="Errors">Packets that could not be processed or sent, or were dropped.</param>
public readonly record struct TrafficFigures(long Packets, long Bytes, long Errors)
{
    public static TrafficFigures operator +(TrafficFigures left, TrafficFigures right) =>
        new(left.Packets + right.Packets, left.Bytes + right.Bytes, left.Errors + right.Errors);

    public static TrafficFigures Add(TrafficFigures left, TrafficFigures right) => left + right;
}
