using Microsoft.Extensions.Logging;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>Gives everyone the same logger.</summary>
internal sealed class OneLogger(ILogger logger) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("There is one logger, and it is made already.");

    public void Dispose()
    {
    }
}
