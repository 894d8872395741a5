namespace RtpProxy.Watch.Http;

/// <summary>A file of the page.</summary>
/// <param name="Type">Of its content, for HTTP.</param>
/// <param name="Tag">An entity tag, with its quotes.</param>
internal sealed record Asset(string Type, string Tag, byte[] Body);
