package dev.papertape.command.alpha;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Services of the class path and of somebody's jars; the jars stay open as long as this does. */
final class AlphaJars implements AutoCloseable {
  private final URLClassLoader loader;

  private AlphaJars(URLClassLoader loader) {
    this.loader = loader;
  }

  /**
   * @throws IllegalArgumentException naming the jar that is not there
   */
  static AlphaJars open(List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      if (!Files.isReadable(jar)) {
        throw new IllegalArgumentException("papertape.alpha-jars: there is no file " + jar);
      }
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException impossible) {
        throw new IllegalArgumentException("papertape.alpha-jars: " + jar, impossible);
      }
    }
    return new AlphaJars(
        new URLClassLoader(urls.toArray(URL[]::new), AlphaJars.class.getClassLoader()));
  }

  List<AlphaProvider> providers() {
    List<AlphaProvider> providers = new ArrayList<>();
    ServiceLoader.load(AlphaProvider.class, loader).forEach(providers::add);
    return providers;
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
