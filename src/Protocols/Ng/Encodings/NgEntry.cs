namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>A key and its value.</summary>
/// <param name="Key">As written, bytes one to one.</param>
public readonly record struct NgEntry(string Key, NgValue Value);
