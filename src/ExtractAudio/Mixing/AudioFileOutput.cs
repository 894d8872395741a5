using RtpProxy.Codecs.Files;

namespace RtpProxy.ExtractAudio.Mixing;

/// <summary>Writes the mix into an audio file: both sides as channels, or as one, each at half its level.</summary>
internal sealed class AudioFileOutput(AudioFileWriter file, bool stereo) : ISampleOutput
{
    private const int BufferSamples = 8_192;

    private readonly short[] _buffer = new short[BufferSamples];
    private int _buffered;

    /// <summary>Numbers of 16 bits written, two per frame for stereo.</summary>
    public long SamplesWritten { get; private set; }

    public void Write(short answer, short originate)
    {
        if (stereo)
        {
            _buffer[_buffered++] = answer;
            _buffer[_buffered++] = originate;
        }
        else
        {
            _buffer[_buffered++] = (short)((answer + originate) / 2);
        }

        if (_buffered == BufferSamples)
        {
            Flush();
        }
    }

    /// <exception cref="AudioFileException">The rest cannot be written.</exception>
    public void Complete()
    {
        Flush();
        file.Close();
    }

    private void Flush()
    {
        file.Write(_buffer.AsSpan(0, _buffered));
        SamplesWritten += _buffered;
        _buffered = 0;
    }
}
