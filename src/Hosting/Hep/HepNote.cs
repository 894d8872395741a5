using RtpProxy.Io.Net.Hep;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Hosting.Hep;

/// <summary>Something to tell collectors of a session.</summary>
/// <param name="Kind">Reports of its streams, or a line about its verdict.</param>
/// <param name="Before">The verdict until now, where that is what is told.</param>
internal sealed record HepNote(HepPayload Kind, SessionReport Report, Verdict Before = default);
