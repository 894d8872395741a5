using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Tests;

/// <summary>Gives everybody the same logger.</summary>
internal sealed class SingleLoggerFactory(ILogger logger) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
