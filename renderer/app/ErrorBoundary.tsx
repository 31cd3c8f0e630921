import { Button, Center, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { i18n } from './i18n.ts';

interface Props {
  children: ReactNode;
}
interface State {
  error: Error | null;
}

/** Stands above the router: a broken screen never leaves a white window. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('screen failed', error.name, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <Center h="100vh" p="xl">
        <Stack maw={520} gap="sm">
          <Title order={1}>{i18n.t('common:broken.title')}</Title>
          <Text c="dimmed">{i18n.t('common:broken.text')}</Text>
          <Code block>{this.state.error.message.slice(0, 300)}</Code>
          <Button w="fit-content" onClick={() => window.location.reload()}>
            {i18n.t('common:broken.reload')}
          </Button>
        </Stack>
      </Center>
    );
  }
}
