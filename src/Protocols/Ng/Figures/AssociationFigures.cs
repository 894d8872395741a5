namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>Another party that media comes from or goes to (ng protocol, 6.1).</summary>
/// <param name="Tag">Empty while it is not known.</param>
/// <param name="IsSubscription">True for <c>pub/sub</c>, false for <c>offer/answer</c>.</param>
public readonly record struct AssociationFigures(string Tag, bool IsSubscription);
