namespace RtpProxy.Protocols.Ng.Options;

/// <summary>Names of interfaces, compared exactly; kept until a later message names others (ng protocol, 4.1).</summary>
/// <param name="From">Toward the party whose session description this is; null: as before, or the default.</param>
/// <param name="To">Toward the party that will get it.</param>
public readonly record struct InterfaceOptions(string? From, string? To);
