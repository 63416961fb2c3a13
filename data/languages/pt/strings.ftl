# O que o bot diz em volta das respostas, em português.

as-of = O artigo é de { $date }.
clarify = Não sei ao certo a qual destas se refere:
gap-unsure = Parece que o artigo não diz isso. O mais próximo:
off-topic = Só posso responder a perguntas sobre o artigo, e esta não parece ser uma delas. Pode perguntar, por exemplo:
help = Faça-me uma pergunta sobre o artigo, com as suas palavras. Por exemplo:
too-long = É longo demais para mim: pergunte com no máximo { $limit } caracteres.
sources = Fontes
related = Perguntas relacionadas
none-before = Ainda não há uma resposta para explicar.
why-matched = Frase que coincidiu
why-sure = Certeza
why-scores = Pontuações: palavras { $words }, significado { $meaning }, grafia { $spelling }
why-runner-up = Segunda opção
chat-welcome = Testigo responde a perguntas sobre { $title }. Escreva uma pergunta, ou /help.
chat-help = Pergunte o que quiser sobre o artigo. Um número escolhe uma sugestão. /topics mostra o que se pode perguntar, /why explica a última resposta, /lang en, es ou pt fixa a língua (/lang auto: a da pergunta), /quit termina.
chat-unknown-command = Esse comando não existe. /help mostra-os.
chat-unknown-language = Essa língua não existe. Escolha uma de: { $languages }.
chat-language-set = Responderei em português.
chat-language-auto = Responderei na língua de cada pergunta.
chat-goodbye = Até logo.
